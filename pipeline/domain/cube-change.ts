import {
  type CubeBytes,
  type CubeKey,
  keptBits,
  maskOf,
  noHours,
  type OpenCell,
  openCells,
  parseCube,
  planeNames,
  planes,
  type Told,
  toCode,
} from './item-cube.ts';
import { type ItemFact, speakerOf } from './item-fact.ts';

/** Items of one hour that are alike, as a plane tells them; how many more or fewer. */
export interface CellChange {
  code: number;
  mask: number;
  channel: string;
  unit: string;
  hour: number;
  count: number;
}

/** What is to be added to one cube; nothing that comes to nothing. */
export interface CubeChange extends CubeKey {
  cells: CellChange[];
}

const views = planeNames.map((plane) => {
  const { tells, byHour }: { tells: readonly Told[]; byHour: boolean } = planes[plane];
  const told = { channel: tells.includes('channel'), unit: tells.includes('unit') };
  return { plane, byHour, ...told, category: tells.includes('category'), code: keptBits(tells) };
});

type View = (typeof views)[number];

/** Items that came (1) or went (-1), as every plane has them. */
export function buildCubeChanges(items: readonly { fact: ItemFact; sign: 1 | -1 }[]): CubeChange[] {
  const days = new Map<string, Omit<CubeKey, 'plane'> & { cells: CellChange[] }>();
  for (const { fact, sign } of items) {
    const { accessClass, channelId: channel, unitId } = fact;
    const [day, speaker] = [fact.hour.slice(0, 10), speakerOf(fact.kind)];
    const name = `${day} ${speaker} ${accessClass}`;
    const known = days.get(name) ?? { day, speaker, accessClass, cells: [] };
    days.set(name, known);
    known.cells.push({
      ...{ code: toCode(fact), mask: maskOf(fact.categories), channel, unit: unitId ?? '' },
      ...{ hour: Number(fact.hour.slice(11, 13)), count: sign },
    });
  }
  return [...days.values()].flatMap(({ cells, ...key }) =>
    views.flatMap((view) => {
      const flat = flatten(cells, view);
      return flat.length === 0 ? [] : [{ plane: view.plane, ...key, cells: flat }];
    }),
  );
}

/** As the plane tells them, those that are then alike put together. */
function flatten(cells: readonly CellChange[], view: View): CellChange[] {
  const found = new Map<string, CellChange>();
  for (const { code, mask, channel, unit, hour, count } of cells) {
    const cell: CellChange = {
      ...{ code: code & view.code, mask: view.category ? mask : 0 },
      ...{ channel: view.channel ? channel : '', unit: view.unit ? unit : '' },
      ...{ hour: view.byHour ? hour : 0, count: 0 },
    };
    const name = `${cell.hour} ${cellText(cell)}`;
    const known = found.get(name) ?? cell;
    known.count += count;
    found.set(name, known);
  }
  return [...found.values()].filter(({ count }) => count !== 0);
}

/** Ids have no line breaks. */
const cellText = ({ code, mask, channel, unit }: Pick<CellChange, 'code' | 'mask' | 'channel' | 'unit'>) =>
  `${code} ${mask} ${channel}\n${unit}`;

/**
 * @param before as it is stored; null: there was nothing
 * @returns null when nothing is left
 * @throws Error for items that are to be taken out and were never put in
 */
export function changeCube(before: CubeBytes | null, { plane, cells }: CubeChange): CubeBytes | null {
  const { byHour } = planes[plane];
  const open = new Map<string, OpenCell>();
  for (const cell of before === null ? [] : openCells(parseCube(before))) open.set(cellText(cell), cell);
  for (const { hour, count, ...place } of cells) {
    const key = cellText(place);
    const cell = open.get(key) ?? { ...place, count: 0, hours: noHours(byHour) };
    open.set(key, cell);
    cell.count += count;
    if (byHour) cell.hours[hour] = (cell.hours[hour] ?? 0) + count;
  }
  const left = [...open.values()].filter(({ count, hours }) => count !== 0 || hours.some((one) => one !== 0));
  const missing = left.find(({ count, hours }) => count < 0 || hours.some((one) => one < 0));
  if (missing !== undefined) throw new Error(`the rollup has no ${cellText(missing)} to take out`);
  if (left.length === 0) return null;
  return { cells: writeCells(left), hours: byHour ? writeHours(left) : null };
}

function writeHours(cells: readonly OpenCell[]): Uint8Array {
  const bytes: number[] = [];
  for (const { hours } of cells) {
    bytes.push(hours.filter((count) => count !== 0).length);
    for (const [hour, count] of hours.entries()) {
      if (count === 0) continue;
      bytes.push(hour);
      let rest = count;
      for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
      bytes.push(rest);
    }
  }
  return Uint8Array.from(bytes);
}

const widths = [0, 1, 2, 4] as const;
type Width = (typeof widths)[number];
const widest: Record<Width, number> = { 0: 0, 1: 0xff, 2: 0xffff, 4: 0xffffffff };

/** In as few bytes a number as the greatest takes; none where all are nought. */
function writeColumn(numbers: readonly number[]): Uint8Array {
  const most = numbers.reduce((max, number) => Math.max(max, number), 0);
  const width = widths.find((one) => most <= widest[one]) ?? 4;
  const bytes = new Uint8Array(1 + width * numbers.length);
  bytes[0] = width;
  for (const [at, number] of numbers.entries()) {
    for (let byte = 0; byte < width; byte += 1) bytes[1 + at * width + byte] = (number >>> (8 * byte)) & 255;
  }
  return bytes;
}

/** The length of the head, the head (names and number of cells, as JSON), then five columns. */
function writeCells(cells: readonly OpenCell[]): Uint8Array {
  const channels = [...new Set(cells.map(({ channel }) => channel))];
  const units = [...new Set(cells.map(({ unit }) => unit))];
  const channelAt = new Map(channels.map((id, at) => [id, at]));
  const unitAt = new Map(units.map((id, at) => [id, at]));
  const head = new TextEncoder().encode(JSON.stringify([cells.length, channels, units]));
  const parts = [
    ...[writeNumber(head.length), head],
    ...[writeColumn(cells.map(({ code }) => code)), writeColumn(cells.map(({ mask }) => mask))],
    writeColumn(cells.map(({ channel }) => channelAt.get(channel) ?? 0)),
    writeColumn(cells.map(({ unit }) => unitAt.get(unit) ?? 0)),
    writeColumn(cells.map(({ count }) => count)),
  ];
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let next = 0;
  for (const part of parts) {
    bytes.set(part, next);
    next += part.length;
  }
  return bytes;
}

const writeNumber = (number: number) => Uint8Array.of(number & 255, (number >>> 8) & 255, number >>> 16);
