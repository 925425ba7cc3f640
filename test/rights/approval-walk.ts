import fc from 'fast-check';
import { expect } from 'vitest';
import type { Draft, DraftChain } from '../../pipeline/domain/draft.ts';
import { buildDraftMove } from '../../pipeline/domain/draft-change.ts';
import {
  DraftMove,
  type DraftMoveCommand,
  type FoundForMove,
} from '../../pipeline/domain/draft-move-command.ts';
import { findActing, movesNow } from '../../pipeline/domain/draft-moves.ts';
import { buildSave } from '../../pipeline/domain/draft-save.ts';
import { type DraftMover, openingsFor } from '../../pipeline/domain/draft-steps.ts';
import { Conflict, GuanlanError } from '../../pipeline/domain/errors.ts';
import type { DraftStore } from '../../pipeline/ports/draft-store.ts';
import {
  appointmentOf as as,
  buildChain,
  buildContent,
  buildDraftMoveCommand,
  buildDraftMover,
  cleanReport,
  findForMove,
  fullChain,
  mergedChain,
} from '../builders/draft.ts';
import type { FakeClock } from '../harness/fake-clock.ts';
import { assertHonest, type Watch } from './approval-oracle.ts';

/** Ten who write, review, stand in for each other, and hold more than is good; one of them a student. */
const crowd: readonly DraftMover[] = [
  buildDraftMover('ann', as('editor', 'library')),
  buildDraftMover('bea', as('editor', 'library'), as('unit-reviewer', 'library')),
  buildDraftMover('cho', as('unit-head', 'library'), as('unit-reviewer', 'library', 'bea')),
  buildDraftMover(
    'dan',
    ...(['editor', 'unit-reviewer', 'unit-head', 'director'] as const).map((role) => as(role, 'library')),
  ),
  buildDraftMover('eve', as('director', 'publicity'), as('reviewer', 'publicity')),
  buildDraftMover(
    'fei',
    as('reviewer', 'publicity'),
    as('director', 'publicity', 'eve'),
    as('unit-head', 'library', 'cho'),
  ),
  {
    ...buildDraftMover(
      'gao',
      as('editor', 'library'),
      as('unit-head', 'library'),
      as('director', 'publicity'),
    ),
    student: true,
  },
  buildDraftMover('han', as('leader'), as('principal', null, 'ivy')),
  buildDraftMover('ivy', as('principal'), as('leader', null, 'han')),
  buildDraftMover('jin', as('editor', 'logistics'), as('unit-head', 'logistics')),
  buildDraftMover('kai', as('unit-reviewer', 'library')),
];
const named = buildChain('merged', [
  ['bea', 'cho', 'kai'],
  ['dan', 'jin', 'gao', 'ivy'],
  ['eve', 'ivy', 'han', 'gao'],
]);
const chains: readonly DraftChain[] = [mergedChain, mergedChain, named, fullChain];
const [first] = crowd;

interface Act {
  /** Of what may be done now, this; null: `move` by `who`, whatever comes of it. */
  pick: number | null;
  move: DraftMove | 'save';
  who: number;
  text: number;
  chain: number;
  signer: number;
  keep: boolean;
  urgent: boolean;
  blocked: boolean;
  stale: boolean;
  again: boolean;
  /** What somebody else does at the same time. */
  beside: number | null;
}

const seldom = fc.nat(9).map((one) => one === 0);
const act: fc.Arbitrary<Act> = fc.record({
  pick: fc.option(fc.nat(9999), { freq: 6 }),
  move: fc.constantFrom<Act['move']>('save', ...DraftMove.options),
  who: fc.nat(crowd.length - 1),
  text: fc.nat(2),
  chain: fc.nat(chains.length - 1),
  signer: fc.nat(crowd.length - 1),
  ...{ keep: fc.boolean(), urgent: fc.boolean(), blocked: seldom, stale: seldom, again: seldom },
  beside: fc.option(fc.nat(9999), { freq: 1 }).map((one) => (one !== null && one % 4 === 0 ? one : null)),
});
export const acts = (maxLength: number) => fc.array(act, { minLength: 10, maxLength, size: 'max' });

/** They end a draft, or begin it again: a walk that takes them at every turn gets nowhere. */
const endings: readonly Act['move'][] = [
  'discard',
  'archive',
  'reject',
  'reopen',
  'withdraw',
  'deny-offline',
  'object-late',
];
/** How often each is taken, so that walks come far. */
const often: Partial<Record<DraftMove, number>> = { pass: 12, submit: 6, 'start-correction': 3, return: 2 };

function choose(draft: Draft, pick: number): { who: number; move: Act['move'] } | null {
  const may = crowd.flatMap((mover, who) =>
    movesNow(draft, mover).flatMap((move) => {
      if (endings.includes(move)) return pick % 5 === 0 ? [{ who, move }] : [];
      const times = move === 'mark-published' && draft.state === 'approved' ? 4 : (often[move] ?? 1);
      return Array.from({ length: times }, () => ({ who, move }));
    }),
  );
  return may.length === 0 ? null : (may[pick % may.length] ?? null);
}

/** One draft, and what the same was done to without a store. */
export class Walk {
  private readonly watch: Watch = { wrote: new Set(), submittedText: '', sealedText: new Map() };
  private draft!: Draft;

  private readonly store: DraftStore;
  private readonly clock: FakeClock;
  private readonly title: string;

  constructor(store: DraftStore, clock: FakeClock, title: string) {
    this.store = store;
    this.clock = clock;
    this.title = title;
  }

  /** @returns how far it came, for the table of what the walks have seen */
  async run(all: readonly Act[]): Promise<Set<Draft['state']>> {
    const mover = first as DraftMover;
    const command = { commandId: this.clock.newId(), unitId: 'library', content: this.content(9) };
    this.draft = await this.store.create(command, mover, this.clock.now());
    this.watch.wrote.add(mover.id);
    const seen = new Set<Draft['state']>();
    for (const [turn, one] of all.entries()) {
      await this.step(one);
      await this.assertAll();
      seen.add(this.draft.state);
      if (turn % 12 === 0) await this.assertLists();
    }
    await this.assertLists();
    return seen;
  }

  private content(text: number) {
    return buildContent({ title: this.title }, `正文第${text}稿`);
  }

  private async step(one: Act): Promise<void> {
    this.clock.advance(10 * 60_000);
    const chosen = one.pick === null ? null : choose(this.draft, one.pick);
    const { who, move } = chosen ?? one;
    const isFree = ['draft', 'returned', 'withdrawn', 'correcting'].includes(this.draft.state);
    if (move === 'save' || (isFree && (one.pick ?? 1) % 7 === 0)) return this.save(one);
    const command = this.commandFor({ ...one, who, move });
    if (one.beside === null) return this.move(command, one, who);
    const other = choose(this.draft, one.beside) ?? { who: one.signer, move: 'pass' as const };
    if (other.move === 'save') return;
    await this.race(
      [
        { command, who },
        { command: this.commandFor({ ...one, ...other }), who: other.who },
      ],
      one,
    );
  }

  private async save({ who, text, keep, stale }: Act): Promise<void> {
    const mover = crowd[who] as DraftMover;
    const at = this.clock.now();
    const before = await this.store.findVersion(this.draft.id);
    const versions = await this.store.listVersions(this.draft.id);
    const newest = await this.store.findVersion(this.draft.id, versions.at(-1)?.version);
    if (before === null || newest === null) throw new Error('no version');
    const command = {
      ...{ draftId: this.draft.id, content: this.content(text), keep },
      revision: Math.max(1, this.draft.revision - (stale ? 1 : 0)),
    };
    const pure = attempt(() => buildSave(this.draft, newest, command, { mover, at })?.draft ?? this.draft);
    const real = await attemptLater(this.store.save(command, mover, at));
    expect(real).toEqual(pure);
    if (!(real instanceof GuanlanError)) {
      if (real.revision !== this.draft.revision && text !== textOf(before.content))
        this.watch.wrote.add(mover.id);
      this.draft = real;
    }
  }

  private commandFor({ move, who, text, signer, urgent, stale, pick }: Act): DraftMoveCommand {
    const mover = crowd[who] as DraftMover;
    const name = move as DraftMove;
    const ways = findActing(this.draft, name, mover);
    const way = ways[(pick ?? 0) % Math.max(ways.length, 1)];
    return buildDraftMoveCommand({
      ...{
        commandId: this.clock.newId(),
        draftId: this.draft.id,
        revision: Math.max(1, this.draft.revision - (stale ? 1 : 0)),
      },
      ...{ move: name, text: `意见${text}`, step: way?.opening?.step ?? null, channelId: 'main-site' },
      ...{
        urgentReason: name === 'submit' && urgent ? '停水' : null,
        keys: name === 'ask-allowance' ? ['k'] : [],
      },
      ...{ scan: 'a'.repeat(64), signedOn: '2026-03-01', leaderId: this.signerOf(signer).id },
    });
  }

  /** Mostly somebody who could. */
  private signerOf(index: number): DraftMover {
    const able = crowd.filter((mover) => openingsFor(this.draft, mover).length > 0);
    const asked = crowd[index] as DraftMover;
    return index % 4 === 0 ? asked : (able[index % Math.max(able.length, 1)] ?? asked);
  }

  private find(command: DraftMoveCommand, one: Act, who: number): { mover: DraftMover; found: FoundForMove } {
    const mover = crowd[who] as DraftMover;
    const blocking = one.blocked ? ['k'] : [];
    const known = {
      chain: chains[one.chain],
      blocking,
      signer: crowd[one.signer],
      mover,
      at: this.clock.now(),
    };
    // What a move would be refused for, the store says itself.
    const found = attempt(() => findForMove(this.draft, command, known));
    return { mover, found: found instanceof GuanlanError ? known : found };
  }

  private pure(command: DraftMoveCommand, { mover, found }: ReturnType<Walk['find']>) {
    return attempt(() => buildDraftMove(this.draft, { command, found }, mover, this.clock.now()).next);
  }

  private real(command: DraftMoveCommand, { mover, found }: ReturnType<Walk['find']>) {
    const move = { command, found, report: cleanReport };
    return attemptLater(this.store.recordMove(move, mover, this.clock.now()));
  }

  private async move(command: DraftMoveCommand, one: Act, who: number): Promise<void> {
    const known = this.find(command, one, who);
    const [pure, real] = [this.pure(command, known), await this.real(command, known)];
    if (real instanceof GuanlanError || pure instanceof GuanlanError) {
      expect(real).toEqual(pure);
      return;
    }
    expect({ ...real.draft, number: pure.number }).toEqual(pure);
    await this.went(command, real.draft);
    if (!one.again) return;
    expect(await this.real(command, known)).toEqual({ ...real, repeated: true });
    expect(await this.real({ ...command, text: '别的话' }, known)).toBeInstanceOf(Conflict);
  }

  /** Both saw the same revision: one of them wins, and leaves what it would have left alone. */
  private async race(both: { command: DraftMoveCommand; who: number }[], one: Act): Promise<void> {
    const known = both.map(({ command, who }) => ({ command, ...this.find(command, one, who) }));
    const pure = known.map((each) => this.pure(each.command, each));
    const real = await Promise.all(known.map((each) => this.real(each.command, each)));
    const won = real.flatMap((each, index) => (each instanceof GuanlanError ? [] : [{ each, index }]));
    const may = pure.filter((each) => !(each instanceof GuanlanError));
    expect(won).toHaveLength(Math.min(may.length, 1));
    for (const { each, index } of won) {
      const alone = pure[index];
      expect({ ...each.draft, number: null }).toEqual({ ...alone, number: null });
      await this.went(known[index]?.command as DraftMoveCommand, each.draft);
    }
  }

  private async went({ move }: DraftMoveCommand, after: Draft): Promise<void> {
    const text = JSON.stringify((await this.store.findVersion(after.id))?.content);
    if (move === 'submit') this.watch.submittedText = text;
    const { seal } = after;
    if (seal !== null && !this.watch.sealedText.has(seal.digest)) {
      expect(text).toBe(this.watch.submittedText);
      this.watch.sealedText.set(seal.digest, text);
    }
    this.draft = after;
  }

  private async assertAll(): Promise<void> {
    expect(await this.store.find(this.draft.id, { units: 'all', personIds: [] })).toEqual(this.draft);
    const text = JSON.stringify((await this.store.findVersion(this.draft.id))?.content);
    assertHonest(this.draft, text, this.watch, crowd);
  }

  /** What an index finds for somebody is what the domain says. */
  private async assertLists(): Promise<void> {
    for (const mover of crowd) {
      const query = { units: 'all' as const, personIds: [], mover, now: this.clock.now(), words: this.title };
      const page = await this.store.list({ ...query, filter: 'to-review', cursor: null, limit: 10 });
      const waits = openingsFor(this.draft, mover).length > 0;
      expect([mover.id, page.items.length > 0]).toEqual([mover.id, waits]);
    }
  }
}

const textOf = (content: object) => Number(/正文第(\d+)稿/.exec(JSON.stringify(content))?.[1]);

function attempt<T>(run: () => T): T | GuanlanError {
  try {
    return run();
  } catch (error) {
    if (error instanceof GuanlanError) return error;
    throw error;
  }
}

function attemptLater<T>(running: Promise<T>): Promise<T | GuanlanError> {
  return running.catch((error: unknown) => {
    if (error instanceof GuanlanError) return error;
    throw error;
  });
}
