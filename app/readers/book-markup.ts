/**
 * Reads the parts of a workbook as an office program does. What such a program passes over (extensions, markup of
 * others) must not be taken for a cell, or a forged copy would hide in it what it took out elsewhere.
 */
import type { Package, Walker } from "./package.ts";
import { odd } from "./refusal.ts";

/** Where the content stands: all markup in them is the workbook's own. */
const containers = ["sheetData", "sst", "sheets", "definedNames"];

/** The same package; what an office program passes over is passed over, and what it might read otherwise refused. */
export function asOfficeReads(parts: Package): Package {
  return {
    ...parts,
    walk: (name, walker) => parts.walk(name, guarded(walker)),
    steps: (name, walker) => parts.steps(name, guarded(walker)),
  };
}

function guarded(walker: Walker): Walker {
  const open: string[] = [];
  let prefix = "";
  /** How deep the outermost element lies that is passed over. */
  let skippedFrom = Infinity;
  return {
    open(tag) {
      const bare = bareName(tag.name);
      if (open.length === 0) prefix = prefixOf(tag.name);
      const isOurs = open.length === 0 || isOfPrefix(tag, prefix);
      const isContent = open.some((one) => containers.includes(one));
      open.push(bare);
      if (skippedFrom < open.length) return;
      if (isContent && bare !== "extLst" && !isOurs) throw odd("strange_part");
      if (!isOurs || bare === "extLst" || bare === "rPh") skippedFrom = open.length;
      else walker.open?.(tag);
    },
    text(text) {
      if (skippedFrom > open.length) walker.text?.(text);
    },
    close(tag) {
      if (skippedFrom > open.length) walker.close?.(tag);
      if (skippedFrom === open.length) skippedFrom = Infinity;
      open.pop();
    },
  };
}

type Tag = Parameters<NonNullable<Walker["open"]>>[0];

/** Of the namespace of its root, which no element below may declare anew. */
function isOfPrefix({ name, attributes }: Tag, prefix: string): boolean {
  const declared = prefix === "" ? "xmlns" : `xmlns:${prefix}`;
  return prefixOf(name) === prefix && !(declared in attributes);
}

function prefixOf(name: string): string {
  return name.includes(":") ? name.slice(0, name.indexOf(":")) : "";
}

export function bareName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/**
 * The parts of the workbook's sheets by their ids.
 * @throws Refusal where the workbook, its texts or its styles lie elsewhere than they are looked for
 */
export async function readTargets(parts: Package): Promise<Map<string, string>> {
  const expected: Record<string, string> = {
    officeDocument: "xl/workbook.xml",
    sharedStrings: "xl/sharedStrings.xml",
    styles: "xl/styles.xml",
  };
  const targets = new Map<string, string>();
  for (const [file, folder] of [
    ["_rels/.rels", ""],
    ["xl/_rels/workbook.xml.rels", "xl/"],
  ] as const) {
    await parts.walk(file, {
      open({ attributes }) {
        const { Id, Target, Type } = attributes;
        if (!Id || !Target || !Type) return;
        const place = Target.startsWith("/") ? Target.slice(1) : `${folder}${Target}`;
        const kind = Type.slice(Type.lastIndexOf("/") + 1);
        if (expected[kind] !== undefined && expected[kind] !== place) throw odd("strange_part");
        if (folder) targets.set(Id, place);
      },
    });
  }
  return targets;
}
