import { matters as campusMatters } from '../../test/campus/content/labels/matters.ts';
import { monthMatters } from '../../test/campus/months/labelled-months.ts';
import { type NamedMatter, scorePhrases, ways } from './key-phrases.ts';
import { backgroundOf, runBoard, scoreTopics } from './score.ts';
import { type Labelled, readCampus, readMonths, readQuietMonths } from './streams.ts';

const openedAt = new Date('2026-11-22T12:00:00.000Z');

/** Parameters are chosen on the first half of matters and seeds; what is told of a method is told of the second. */
const halves = { chosenOn: 0, heldOut: 1 } as const;
const seeds = { chosenOn: [1, 2, 3, 4, 5, 6], heldOut: [21, 22, 31, 32, 41, 42] } as const;
const history = { from: '2025-07-03', days: 60 } as const;
const term = { from: '2025-09-01', days: 122 } as const;
const spring = { from: '2026-03-01', days: 122 } as const;
const monthDays = 30.4;

const halfOf = (names: readonly string[], half: 0 | 1) =>
  new Set(names.filter((_, index) => index % 2 === half));

function* named(
  said: readonly Labelled[],
  of: ReadonlyMap<string, readonly string[]>,
  half: ReadonlySet<string>,
) {
  for (const name of half) {
    const own = said.filter(({ item, label }) => label === name && item.speaker === 'public');
    if (own.length >= 4) yield { name, said: own, phrases: of.get(name) ?? [] } satisfies NamedMatter;
  }
}

/** Topics and key phrases against labels: whole terms of an invented school, and the campus that was read by hand. */
export async function* benchTopics(): AsyncIterable<object> {
  const campus = readCampus(openedAt);
  const campusPhrases = new Map(Object.entries(campusMatters).map(([name, { phrases }]) => [name, phrases]));
  const monthPhrases = new Map(monthMatters.map(({ name, phrases }) => [name, phrases]));
  const monthNames = [...monthPhrases.keys()];
  const run = runBoard(campus, []);
  for (const [half, which] of Object.entries(halves)) {
    const of = halfOf([...campusPhrases.keys()], which);
    yield { bench: 'topics', stream: 'campus', half, ...scoreTopics(campus, run, of) };
    const wanted = [...named(campus, campusPhrases, of)];
    for (const [way, list] of Object.entries(ways))
      yield {
        bench: 'key phrases',
        stream: 'campus',
        half,
        way,
        ...scorePhrases(list, wanted, backgroundOf(campus)),
      };
  }
  for (const [half, ofHalf] of Object.entries(seeds)) {
    const of = halfOf(monthNames, half === 'chosenOn' ? 0 : 1);
    for (const seed of ofHalf) {
      for (const [name, part] of Object.entries({ autumn: term, spring })) {
        const from = name === 'autumn' ? history.from : '2025-12-31';
        const past = readQuietMonths({ seed: seed + 500, ...history, from });
        const items = readMonths({ seed, ...part });
        const ran = runBoard(items, past);
        yield {
          bench: 'topics',
          stream: name,
          half,
          seed,
          ...scoreTopics(items, ran, new Set(monthNames)),
          us: Math.round(ran.usPerItem),
        };
        const wanted = [...named(items, monthPhrases, of)];
        for (const [way, list] of Object.entries(ways))
          yield {
            bench: 'key phrases',
            stream: name,
            half,
            seed,
            way,
            ...scorePhrases(list, wanted, backgroundOf(past)),
          };
        const quiet = readQuietMonths({ seed: seed + 1000, ...part });
        const falseOnes = [...runBoard(quiet, past).topics.values()].filter(
          ({ mergedInto }) => mergedInto === null,
        );
        yield {
          ...{ bench: 'topics', stream: `quiet ${name}`, half, seed, items: quiet.length },
          falseTopicsAMonth: Math.round((falseOnes.length / part.days) * monthDays * 10) / 10,
          largest: Math.max(0, ...falseOnes.map(({ units }) => units)),
        };
      }
    }
  }
}
