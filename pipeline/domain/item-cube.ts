import { z } from 'zod';
import { AccessClass } from './access-class.ts';
import { Category, ServiceKind, ServiceTopic } from './category.ts';
import { FactLevel, type ItemFact, ItemKind, Speaker, Tone } from './item-fact.ts';

/** What is said of an item beside its kind, which every plane tells: a kind adds next to nothing. `service` is kind and topic. */
export type Told = 'channel' | 'unit' | 'service' | 'category' | 'level' | 'tone';

/**
 * The cube of a day is kept whole, and flattened to what is asked together: a plane grows with the values that there are, not with
 * the items. The first that tells enough is read, so the small ones come first. No plane tells tone and unit together (R7).
 */
export const planes = {
  hours: { tells: [], byHour: true },
  'channel-hours': { tells: ['channel'], byHour: true },
  'tone-level-hours': { tells: ['tone', 'level'], byHour: true },
  'unit-hours': { tells: ['unit'], byHour: true },
  'service-hours': { tells: ['service'], byHour: true },
  'category-hours': { tells: ['category'], byHour: true },
  'channel-service-hours': { tells: ['channel', 'service'], byHour: true },
  'channel-tone-level': { tells: ['channel', 'tone', 'level'], byHour: false },
  'channel-category': { tells: ['channel', 'category'], byHour: false },
  'unit-service-level': { tells: ['unit', 'service', 'level'], byHour: false },
  'channel-unit-service': { tells: ['channel', 'unit', 'service'], byHour: false },
  'service-tone-level': { tells: ['service', 'tone', 'level'], byHour: false },
  'channel-unit-level': { tells: ['channel', 'unit', 'level'], byHour: false },
  'channel-service-tone': { tells: ['channel', 'service', 'tone'], byHour: false },
  'channel-service-level': { tells: ['channel', 'service', 'level'], byHour: false },
  'category-tone-level': { tells: ['category', 'tone', 'level'], byHour: false },
  'unit-category-level': { tells: ['unit', 'category', 'level'], byHour: false },
  'service-category': { tells: ['service', 'category'], byHour: false },
  'channel-unit-service-category': { tells: ['channel', 'unit', 'service', 'category'], byHour: false },
  'channel-category-tone-level': { tells: ['channel', 'category', 'tone', 'level'], byHour: false },
  'service-category-tone-level': { tells: ['service', 'category', 'tone', 'level'], byHour: false },
  whole: { tells: ['channel', 'unit', 'service', 'category', 'level', 'tone'], byHour: true },
} as const satisfies Record<string, { tells: readonly Told[]; byHour: boolean }>;

export type Plane = keyof typeof planes;
export const planeNames = Object.keys(planes) as [Plane, ...Plane[]];

export const CubeKey = z.object({
  plane: z.enum(planeNames),
  /** In Shanghai, YYYY-MM-DD. */
  day: z.iso.date(),
  speaker: Speaker,
  accessClass: AccessClass,
});
export type CubeKey = z.infer<typeof CubeKey>;

/** Unlike that of any other cube. */
export const cubeKeyText = ({ plane, day, speaker, accessClass }: CubeKey): string =>
  `${plane} ${day} ${speaker} ${accessClass}`;

/**
 * How many items of one day are alike, in columns: an entry of each is a cell. A code holds kind, tone, level, kind and topic of
 * the service (0: none), a mask one bit for each category; what the plane does not tell is 0, or ''.
 */
export interface ItemCube {
  channels: readonly string[];
  /** '' for nobody's. */
  units: readonly string[];
  codes: Uint32Array;
  masks: Uint32Array;
  /** Where in `channels` and `units`. */
  channelAt: Uint32Array;
  unitAt: Uint32Array;
  counts: Uint32Array;
  /** For each cell how many hours, and of each the hour and the count as a varint; null where they were not asked for. */
  hours: Uint8Array | null;
}

export interface DayCube extends CubeKey {
  cube: ItemCube;
}

/** As both stores keep it. */
export interface CubeBytes {
  cells: Uint8Array;
  /** Null for a plane that does not tell hours, and where they were not asked for. */
  hours: Uint8Array | null;
}

const bits = { kind: 0, tone: 4, level: 8, serviceKind: 12, topic: 16 } as const;
/** Codes fall apart in two: what is said of every item, and the service. */
export const codeParts = { lowBits: 12, low: 1 << 12, high: 1 << 9 } as const;

interface CodeFields {
  kind: ItemKind;
  tone: Tone;
  level: FactLevel;
  serviceKind: ServiceKind | null;
  topic: ServiceTopic | null;
}

export function toCode({
  kind,
  tone,
  level,
  service,
}: Pick<ItemFact, 'kind' | 'tone' | 'level' | 'service'>) {
  return (
    (ItemKind.options.indexOf(kind) << bits.kind) |
    (Tone.options.indexOf(tone) << bits.tone) |
    (FactLevel.options.indexOf(level) << bits.level) |
    (service === null
      ? 0
      : ((ServiceKind.options.indexOf(service.kind) + 1) << bits.serviceKind) |
        ((ServiceTopic.options.indexOf(service.topic) + 1) << bits.topic))
  );
}

/** Of a code, what a plane tells. */
export const keptBits = (tells: readonly Told[]): number =>
  (15 << bits.kind) |
  (tells.includes('tone') ? 15 << bits.tone : 0) |
  (tells.includes('level') ? 15 << bits.level : 0) |
  (tells.includes('service') ? (15 << bits.serviceKind) | (31 << bits.topic) : 0);

/** Null: no item has this code. */
export function readCode(code: number): CodeFields | null {
  const kind = ItemKind.options[(code >>> bits.kind) & 15];
  const tone = Tone.options[(code >>> bits.tone) & 15];
  const level = FactLevel.options[(code >>> bits.level) & 15];
  const serviceKind = (code >>> bits.serviceKind) & 15;
  const topic = (code >>> bits.topic) & 31;
  if (kind === undefined || tone === undefined || level === undefined) return null;
  if (serviceKind > ServiceKind.options.length || topic > ServiceTopic.options.length) return null;
  return {
    ...{ kind, tone, level },
    serviceKind: ServiceKind.options[serviceKind - 1] ?? null,
    topic: ServiceTopic.options[topic - 1] ?? null,
  };
}

export const maskOf = (categories: readonly Category[]): number =>
  categories.reduce((mask, category) => (mask | (1 << Category.options.indexOf(category))) >>> 0, 0);

/** Nothing where hours were not asked for. */
export function eachHour(
  { codes, hours }: { codes: { length: number }; hours: Uint8Array | null },
  visit: (at: number, hour: number, count: number) => void,
): void {
  if (hours === null) return;
  let next = 0;
  for (let at = 0; at < codes.length; at += 1) {
    for (let left = hours[next++] ?? 0; left > 0; left -= 1) {
      const hour = hours[next++] ?? 0;
      let byte = hours[next++] ?? 0;
      let count = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = hours[next++] ?? 0;
        count |= (byte & 127) << shift;
      }
      visit(at, hour, count);
    }
  }
}

const Head = z.tuple([z.int().nonnegative(), z.array(z.string()), z.array(z.string())]);

/** @throws Error for what is no cube */
export function parseCube({ cells, hours }: CubeBytes): ItemCube {
  const [a = 0, b = 0, c = 0] = cells;
  let next = 3 + (a | (b << 8) | (c << 16));
  const [length, channels, units] = parseHead(new TextDecoder().decode(cells.subarray(3, next)));
  const column = () => {
    const width = cells[next] ?? -1;
    const found = readColumn(cells, { from: next + 1, width, length });
    next += 1 + width * length;
    return found;
  };
  const [codes, masks, channelAt, unitAt, counts] = [column(), column(), column(), column(), column()];
  if (next !== cells.length) throw new Error('a stored cube has a wrong length');
  return { channels, units, codes, masks, channelAt, unitAt, counts, hours };
}

/** By hand where it can be: days by the hundred are read at once, with the same few heads. */
const heads = new Map<string, z.infer<typeof Head>>();
const mostHeads = 500;

function parseHead(text: string): z.infer<typeof Head> {
  const known = heads.get(text);
  if (known !== undefined) return known;
  const head = Head.parse(JSON.parse(text));
  if (heads.size >= mostHeads) heads.clear();
  heads.set(text, head);
  return head;
}

function readColumn(
  bytes: Uint8Array,
  { from, width, length }: { from: number; width: number; length: number },
): Uint32Array {
  const numbers = new Uint32Array(length);
  if (width === 0) return numbers;
  if (width === 1) {
    for (let at = 0; at < length; at += 1) numbers[at] = bytes[from + at] ?? 0;
  } else if (width === 2) {
    for (let at = 0, next = from; at < length; at += 1, next += 2)
      numbers[at] = (bytes[next] ?? 0) | ((bytes[next + 1] ?? 0) << 8);
  } else if (width === 4) {
    for (let at = 0, next = from; at < length; at += 1, next += 4)
      numbers[at] =
        ((bytes[next] ?? 0) |
          ((bytes[next + 1] ?? 0) << 8) |
          ((bytes[next + 2] ?? 0) << 16) |
          ((bytes[next + 3] ?? 0) << 24)) >>>
        0;
  } else throw new Error(`a stored cube has a column of width ${width}`);
  return numbers;
}

/** One cell of the whole cube: hour × channel × kind × class × unit × categories × service × tone × level, and how many items. */
export interface Cell extends Omit<ItemFact, 'postId'> {
  count: number;
}

/** For a recount: all that the cube of a whole day says, hour by hour. */
export function listCells({ day, accessClass, cube }: DayCube): Cell[] {
  const { channels, units, codes, masks, channelAt, unitAt } = cube;
  const cells: Cell[] = [];
  eachHour(cube, (at, hour, count) => {
    const said = readCode(codes[at] ?? 0);
    if (said === null) throw new Error(`a stored cube has the code ${codes[at]}`);
    const { serviceKind, topic, ...rest } = said;
    cells.push({
      ...{ hour: `${day}T${String(hour).padStart(2, '0')}`, accessClass, ...rest, count },
      channelId: channels[channelAt[at] ?? 0] ?? '',
      unitId: units[unitAt[at] ?? 0] || null,
      categories: Category.options.filter((_, bit) => (((masks[at] ?? 0) >>> bit) & 1) === 1),
      service: serviceKind === null || topic === null ? null : { kind: serviceKind, topic },
    });
  });
  return cells;
}
