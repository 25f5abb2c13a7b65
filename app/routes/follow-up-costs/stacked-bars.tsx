/**
 * The forecast as stacked bars, drawn on the server. Colours come from the style sheet, which knows dark
 * mode and print; patterns of the legend's order help who can't tell colours. The table below says the same.
 */
import { Group } from "@visx/group";
import { scaleBand, scaleLinear } from "@visx/scale";
import type { ForecastKind } from "#app/domain/forecast.ts";
import { forecastKindWords } from "#app/german/contract-words.ts";
import { formatEuro } from "#app/german/notation.ts";

type Series = { kind: ForecastKind; amounts: string[] };

const size = { width: 720, height: 300, left: 84, right: 8, top: 24, bottom: 28 };

/** A float places a bar and is never shown: the amounts beside it are exact. */
const heightOf = (amount: string) => Number(amount);

export function StackedBars({ years, series }: { years: number[]; series: Series[] }) {
  const totals = years.map((_, index) =>
    series.reduce((height, { amounts }) => height + heightOf(amounts[index]!), 0),
  );
  const x = scaleBand({
    domain: years,
    range: [size.left, size.width - size.right],
    padding: 0.35,
  });
  const y = scaleLinear({
    domain: [0, Math.max(...totals, 1)],
    range: [size.height - size.bottom, size.top],
    nice: true,
  });
  return (
    <figure className="chart">
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label={`Folgekosten ${years[0]} bis ${years.at(-1)} nach Art; die Zahlen stehen in der Tabelle darunter.`}
      >
        {y.ticks(4).map((tick) => (
          <Group key={tick} top={y(tick)}>
            <line className="chart-grid" x1={size.left} x2={size.width - size.right} />
            <text className="chart-label" x={size.left - 8} dy="0.32em" textAnchor="end">
              {wholeEuro(tick)}
            </text>
          </Group>
        ))}
        {years.map((year, index) => (
          <Group key={year} left={x(year)}>
            {stackOf(series, index).map(({ kind, place, from, until, amount }) => (
              <rect
                key={kind}
                className={`chart-part chart-part-${place}`}
                y={y(until)}
                height={Math.max(0, y(from) - y(until))}
                width={x.bandwidth()}
              >
                <title>{`${year}, ${forecastKindWords[kind]}: ${formatEuro(amount)}`}</title>
              </rect>
            ))}
            <text
              className="chart-label"
              x={x.bandwidth() / 2}
              y={size.height - size.bottom + 18}
              textAnchor="middle"
            >
              {year}
            </text>
          </Group>
        ))}
      </svg>
      <figcaption>
        <ul className="chart-legend">
          {series.map(({ kind }, place) => (
            <li key={kind}>
              <svg viewBox="0 0 12 12" className="chart-key" aria-hidden="true">
                <rect className={`chart-part chart-part-${place}`} width="12" height="12" />
              </svg>
              {forecastKindWords[kind]}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

function stackOf(series: Series[], index: number) {
  let reached = 0;
  return series.map(({ kind, amounts }, place) => {
    const amount = amounts[index]!;
    const from = reached;
    reached += heightOf(amount);
    return { kind, place, from, until: reached, amount };
  });
}

function wholeEuro(tick: number): string {
  return `${new Intl.NumberFormat("de-DE").format(tick)} €`;
}
