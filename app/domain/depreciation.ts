/**
 * Depreciation (Abschreibung, AfA) of an asset and dissolution (Auflösung) of its special item
 * (Sonderposten): linear from the month of purchase on, full months only (§ 49 KomHKVO); what the grant
 * paid is dissolved in the same months (§ 44 Abs. 5 KomHKVO). Always by the sum so far, so that the years
 * add up to the cent. No money moves: these are figures of the Ergebnishaushalt that follow from the
 * asset and its invoice, so they are reckoned and not booked; the page, the sheet and the year view all
 * ask here.
 */
import { type Day, endOfYear, monthOf, plusDays, plusMonths, yearOf } from "./calendar.ts";
import { type Money, partsOf, sum, zero } from "./money.ts";

/** What is worn out, in which months. */
export type Depreciable = {
  /** Cost of acquisition, in euro. */
  cost: Money;
  /** What the grant paid of it. */
  grantShare: Money;
  inServiceOn: Day;
  usefulLifeMonths: number;
  /** Null while the asset is there. */
  disposedOn: Day | null;
};

/** What is worn out of an asset by a day, and what is left; nothing is left of one that is gone. */
export type Worth = {
  months: number;
  depreciated: Money;
  dissolved: Money;
  bookValue: Money;
  specialItem: Money;
};

/** One fiscal year, in euro; the last two figures are at its end. */
export type DepreciationYear = {
  year: number;
  months: number;
  depreciation: Money;
  dissolution: Money;
  /** Book value and special item that left with the asset. */
  disposedValue: Money;
  disposedItem: Money;
  /** What the Ergebnishaushalt bears: depreciation and loss, less what was dissolved. */
  netBurden: Money;
  bookValue: Money;
  specialItem: Money;
};

/** The first day that is no longer depreciated for, while nothing else ends the asset. */
export function endOfLife({
  inServiceOn,
  usefulLifeMonths,
}: Pick<Depreciable, "inServiceOn" | "usefulLifeMonths">): Day {
  return plusMonths(`${inServiceOn.slice(0, 7)}-01`, usefulLifeMonths);
}

/**
 * Full months worn out by a day: the month of purchase counts as full, one that has not ended does not,
 * nor does the month in which the asset goes.
 */
export function monthsWorn(asset: Depreciable, day: Day): number {
  const { inServiceOn, usefulLifeMonths, disposedOn } = asset;
  const ended = monthOf(plusDays(day, 1));
  const last = disposedOn === null ? ended : Math.min(ended, monthOf(disposedOn));
  return Math.min(Math.max(last - monthOf(inServiceOn), 0), usefulLifeMonths);
}

export function worthOn(asset: Depreciable, day: Day): Worth {
  const { cost, grantShare, usefulLifeMonths: of, disposedOn } = asset;
  const months = monthsWorn(asset, day);
  const depreciated = partsOf(cost, { count: months, of });
  const dissolved = partsOf(grantShare, { count: months, of });
  const isThere = asset.inServiceOn <= day && (disposedOn === null || disposedOn > day);
  return {
    months,
    depreciated,
    dissolved,
    bookValue: isThere ? cost.minus(depreciated) : zero,
    specialItem: isThere ? grantShare.minus(dissolved) : zero,
  };
}

/** What an asset is in one fiscal year; nothing before it came and after it is worn out or gone. */
export function depreciationIn(asset: Depreciable, year: number): DepreciationYear {
  const { cost, grantShare, disposedOn } = asset;
  const before = worthOn(asset, endOfYear(year - 1));
  const after = worthOn(asset, endOfYear(year));
  const depreciation = after.depreciated.minus(before.depreciated);
  const dissolution = after.dissolved.minus(before.dissolved);
  const goes = disposedOn !== null && yearOf(disposedOn) === year;
  const disposedValue = goes ? cost.minus(after.depreciated) : zero;
  const disposedItem = goes ? grantShare.minus(after.dissolved) : zero;
  return {
    year,
    months: after.months - before.months,
    depreciation,
    dissolution,
    disposedValue,
    disposedItem,
    netBurden: depreciation.plus(disposedValue).minus(dissolution).minus(disposedItem),
    bookValue: after.bookValue,
    specialItem: after.specialItem,
  };
}

/** All years of an asset, from its first to the one in which it is worn out or goes. */
export function depreciationYears(asset: Depreciable): DepreciationYear[] {
  const first = yearOf(asset.inServiceOn);
  const worn = yearOf(plusDays(endOfLife(asset), -1));
  const last = asset.disposedOn === null ? worn : Math.min(worn, yearOf(asset.disposedOn));
  const years = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  // One that goes after its life has a year with nothing left to write off: it need not be shown.
  return years.map((year) => depreciationIn(asset, year));
}

/** Many assets in the years of a view, added up. */
export function depreciationOfAll(assets: Depreciable[], years: number[]): DepreciationYear[] {
  return years.map((year) => {
    const own = assets.map((asset) => depreciationIn(asset, year));
    const total = (figure: Exclude<keyof DepreciationYear, "year" | "months">) =>
      sum(own.map((one) => one[figure]));
    return {
      year,
      months: own.reduce((months, one) => months + one.months, 0),
      depreciation: total("depreciation"),
      dissolution: total("dissolution"),
      disposedValue: total("disposedValue"),
      disposedItem: total("disposedItem"),
      netBurden: total("netBurden"),
      bookValue: total("bookValue"),
      specialItem: total("specialItem"),
    };
  });
}
