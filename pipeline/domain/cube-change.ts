import {
  type CubeBytes,
  type CubeKey,
  eachHour,
  type ItemCube,
  keptBits,
  maskOf,
  parseCube,
  planeNames,
  planes,
  type Told,
  toCode,
} from './item-cube.ts';
import { type ItemFact, speakerOf } from './item-fact.ts';

/** Items of one hour that are alike, as a plane tells them; how many more or fewer. */
interface CellChange {
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

/** Numbers names in the order in which they come. */
class Names {
  readonly list: string[] = [];
  private readonly places = new Map<string, number>();
  constructor(known: readonly string[] = []) {
    for (const name of known) this.placeOf(name);
  }
  placeOf(name: string): number {
    const known = this.places.get(name);
    if (known !== undefined) return known;
    this.places.set(name, this.list.length);
    return this.list.push(name) - 1;
  }
}

/** Codes have 21 bits; what they are told apart by further leaves a whole number below 2 to the 53rd. */
const codeRange = 2 ** 21;

/** As the plane tells them, those that are then alike put together. Ids have no line breaks. */
function flatten(cells: readonly CellChange[], view: View): CellChange[] {
  const places = new Names();
  const found = new Map<number, CellChange>();
  for (const cell of cells) {
    const code = cell.code & view.code;
    const mask = view.category ? cell.mask : 0;
    const channel = view.channel ? cell.channel : '';
    const unit = view.unit ? cell.unit : '';
    const hour = view.byHour ? cell.hour : 0;
    const place = places.placeOf(`${mask} ${channel}\n${unit}`);
    const key = (place * 24 + hour) * codeRange + code;
    const known = found.get(key);
    if (known === undefined) found.set(key, { code, mask, channel, unit, hour, count: cell.count });
    else known.count += cell.count;
  }
  return [...found.values()].filter(({ count }) => count !== 0);
}

/** A cube whose cells can be changed: columns that grow, and for each cell the bytes of its hours. */
interface OpenCube {
  channels: Names;
  units: Names;
  columns: Record<'codes' | 'masks' | 'channelAt' | 'unitAt' | 'counts', number[]>;
  hours: Uint8Array[];
  find(cell: CellChange): number;
}

function openCube(before: CubeBytes | null): OpenCube {
  const cube = before === null ? null : parseCube(before);
  const channels = new Names(cube?.channels);
  const units = new Names(cube?.units);
  const masks = new Names();
  const columns = {
    codes: Array.from(cube?.codes ?? []),
    masks: Array.from(cube?.masks ?? []),
    channelAt: Array.from(cube?.channelAt ?? []),
    unitAt: Array.from(cube?.unitAt ?? []),
    counts: Array.from(cube?.counts ?? []),
  };
  const hours = cube === null ? [] : splitHours(cube);
  const placeOf = (mask: number, channel: number, unit: number) =>
    masks.placeOf(`${mask} ${channel} ${unit}`);
  const known = new Map<number, number>();
  for (const [at, code] of columns.codes.entries()) {
    const place = placeOf(columns.masks[at] ?? 0, columns.channelAt[at] ?? 0, columns.unitAt[at] ?? 0);
    known.set(place * codeRange + code, at);
  }
  const find = ({ code, mask, channel, unit }: CellChange): number => {
    const [channelAt, unitAt] = [channels.placeOf(channel), units.placeOf(unit)];
    const key = placeOf(mask, channelAt, unitAt) * codeRange + code;
    const found = known.get(key);
    if (found !== undefined) return found;
    const at = columns.codes.push(code) - 1;
    known.set(key, at);
    columns.masks.push(mask);
    columns.channelAt.push(channelAt);
    columns.unitAt.push(unitAt);
    columns.counts.push(0);
    return at;
  };
  return { channels, units, columns, hours, find };
}

/**
 * @param before as it is stored; null: there was nothing
 * @returns null when nothing is left
 * @throws Error for items that are to be taken out and were never put in
 */
export function changeCube(before: CubeBytes | null, { plane, cells }: CubeChange): CubeBytes | null {
  const { byHour } = planes[plane];
  const cube = openCube(before);
  const { counts } = cube.columns;
  const changedHours = new Map<number, number[]>();
  for (const cell of cells) {
    const at = cube.find(cell);
    counts[at] = (counts[at] ?? 0) + cell.count;
    if (!byHour) continue;
    const hours = changedHours.get(at) ?? readHours(cube.hours[at]);
    changedHours.set(at, hours);
    hours[cell.hour] = (hours[cell.hour] ?? 0) + cell.count;
  }
  const isShort = counts.some((count) => count < 0);
  if (isShort || [...changedHours.values()].some((hours) => hours.some((count) => count < 0))) {
    throw new Error(`the rollup ${plane} has not what there is to take out`);
  }
  for (const [at, hours] of changedHours) cube.hours[at] = writeHours(hours);
  return closeCube(cube, byHour);
}

/** Without cells that have come to nothing, and without names that none of the others has. */
function closeCube({ channels, units, columns, hours }: OpenCube, byHour: boolean): CubeBytes | null {
  const left = columns.counts.flatMap((count, at) => (count === 0 ? [] : [at]));
  if (left.length === 0) return null;
  const [channelsLeft, unitsLeft] = [new Names(), new Names()];
  const take = (column: readonly number[]) => writeColumn(left.map((at) => column[at] ?? 0));
  const rename = (column: readonly number[], from: Names, to: Names) =>
    writeColumn(left.map((at) => to.placeOf(from.list[column[at] ?? 0] ?? '')));
  const parts = [
    ...[take(columns.codes), take(columns.masks)],
    ...[rename(columns.channelAt, channels, channelsLeft), rename(columns.unitAt, units, unitsLeft)],
    take(columns.counts),
  ];
  const names = JSON.stringify([left.length, channelsLeft.list, unitsLeft.list]);
  const head = new TextEncoder().encode(names);
  return {
    cells: join([writeNumber(head.length), head, ...parts]),
    hours: byHour ? join(left.map((at) => hours[at] ?? nothing)) : null,
  };
}

const nothing = new Uint8Array(0);

function join(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let next = 0;
  for (const part of parts) {
    bytes.set(part, next);
    next += part.length;
  }
  return bytes;
}

/** The bytes of each cell. */
function splitHours({ codes, hours }: ItemCube): Uint8Array[] {
  if (hours === null) return [];
  const found: Uint8Array[] = [];
  let from = 0;
  for (let at = 0; at < codes.length; at += 1) {
    let next = from + 1;
    for (let left = hours[from] ?? 0; left > 0; left -= 1) {
      next += 1;
      while ((hours[next] ?? 0) > 127) next += 1;
      next += 1;
    }
    found.push(hours.subarray(from, next));
    from = next;
  }
  return found;
}

function readHours(bytes: Uint8Array | undefined): number[] {
  const counts = new Array<number>(24).fill(0);
  if (bytes === undefined) return counts;
  eachHour({ codes: { length: 1 }, hours: bytes }, (_, hour, count) => {
    counts[hour] = count;
  });
  return counts;
}

function writeHours(counts: readonly number[]): Uint8Array {
  const bytes = [0];
  for (let hour = 0; hour < counts.length; hour += 1) {
    let rest = counts[hour] ?? 0;
    if (rest === 0) continue;
    bytes[0] = (bytes[0] ?? 0) + 1;
    bytes.push(hour);
    for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
    bytes.push(rest);
  }
  return Uint8Array.from(bytes);
}

const widths = [0, 1, 2, 4] as const;
type Width = (typeof widths)[number];
const widest: Record<Width, number> = { 0: 0, 1: 0xff, 2: 0xffff, 4: 0xffffffff };

/** In as few bytes a number as the greatest takes; none where all are nought. */
function writeColumn(numbers: readonly number[]): Uint8Array {
  const most = numbers.reduce((max, number) => Math.max(number, max), 0);
  const width = widths.find((one) => most <= widest[one]) ?? 4;
  const bytes = new Uint8Array(1 + width * numbers.length);
  bytes[0] = width;
  if (width === 0) return bytes;
  for (let at = 0, next = 1; at < numbers.length; at += 1) {
    let rest = numbers[at] ?? 0;
    for (let byte = 0; byte < width; byte += 1, rest >>>= 8) bytes[next++] = rest & 255;
  }
  return bytes;
}

const writeNumber = (number: number) => Uint8Array.of(number & 255, (number >>> 8) & 255, number >>> 16);
