import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccessClass } from '../pipeline/domain/access-class.ts';
import type { Actor, Case, CaseState, DecisionKind, ReasonCode } from '../pipeline/domain/case.ts';
import { Conflict, GuanlanError, NotFound } from '../pipeline/domain/errors.ts';
import { Role } from '../pipeline/domain/role.ts';
import type { RecordedDecision } from '../pipeline/ports/case-store.ts';
import { buildCase, buildDecisionCommand } from './builders/case.ts';
import type { CaseEvidence, CaseStoreFixture } from './contracts/case-store.contract.ts';
import { openMongoCaseFixture } from './harness/mongo-case-fixture.ts';
import { useMongoTestDatabase } from './harness/mongo-database.ts';
import { reportProgress } from './harness/report-progress.ts';
import { describeWithMongo } from './harness/services.ts';
import { openSqliteCaseFixture } from './harness/sqlite-case-fixture.ts';

/**
 * Every move, legal or not, from every state, by every role, on every access class, from a version seen and a stale one, free and
 * held by another person. What is legal stands here in full; nothing of it is computed from the product's own tables. A state or
 * a move that is added is added here.
 */
const starts = [
  'open',
  'reopened',
  'decided',
  'to-be-answered',
  'handed-over',
  'answered',
  'closed',
  'withdrawn',
] as const;
type Start = (typeof starts)[number];

const moves = [
  'no-action',
  'answer',
  'hand-over',
  'correct',
  'refer-safety',
  'return-from-safety',
  'verify',
  'mark-noise',
  'undo',
  'close',
  'reopen',
  'note',
  'take-over',
] as const;
type Move = (typeof moves)[number];

const classes = ['open', 'victim', 'safety'] as const;

/** Besides every role by itself: whoever made the decision that holds. */
type Person = Role | 'maker';

interface Rule {
  from: readonly Start[];
  by: readonly Person[];
  /** The state after it; null where it stays. */
  to: CaseState | null;
  classes?: readonly AccessClass[];
  /** On whatever version. */
  unversioned?: true;
  /** Whoever holds the case; `needed`: only if another person does. */
  held?: 'allowed' | 'needed';
}

const waiting = ['open', 'reopened'] as const;
const publicity = ['reviewer', 'director', 'operator'] as const;
const everybodyAtWork = [...publicity, 'safety'] as const;
/** Who made the decision is, in their own right, of the role that may make it. */
const withMaker = <T extends Person>(...people: readonly T[]): readonly Person[] => [...people, 'maker'];

const rules: Record<Move, Rule> = {
  'no-action': { from: waiting, by: withMaker(...everybodyAtWork), to: 'decided' },
  answer: { from: waiting, by: withMaker(...publicity), to: 'decided', classes: ['open', 'victim'] },
  'hand-over': {
    ...{ from: waiting, by: withMaker('reviewer', 'director'), to: 'handed-over' },
    classes: ['open', 'victim'],
  },
  correct: { from: waiting, by: withMaker(...publicity), to: 'decided', classes: ['open', 'victim'] },
  'refer-safety': {
    ...{ from: waiting, by: withMaker(...publicity), to: 'reopened', classes: ['open', 'victim'] },
  },
  'return-from-safety': { from: waiting, by: withMaker('safety'), to: 'reopened', classes: ['safety'] },
  verify: { from: waiting, by: withMaker('reviewer', 'director', 'safety'), to: 'decided' },
  'mark-noise': {
    ...{ from: waiting, by: withMaker(...everybodyAtWork), to: 'decided', classes: ['open', 'victim'] },
  },
  undo: {
    from: ['decided', 'to-be-answered', 'handed-over', 'closed'],
    by: ['maker', 'director'],
    to: 'reopened',
  },
  close: { from: ['to-be-answered'], by: withMaker(...publicity), to: 'closed', classes: ['open', 'victim'] },
  reopen: {
    from: ['decided', 'to-be-answered', 'answered', 'closed'],
    by: withMaker(...everybodyAtWork),
    to: 'reopened',
  },
  note: {
    ...{ from: starts, by: withMaker(...everybodyAtWork), to: null },
    ...{ unversioned: true, held: 'allowed' },
  },
  'take-over': { from: waiting, by: ['director'], to: null, unversioned: true, held: 'needed' },
};

const sees: Partial<Record<Role, readonly AccessClass[]>> = {
  reviewer: ['open', 'victim'],
  director: ['open', 'victim'],
  operator: ['open', 'victim'],
  safety: classes,
};

/** What cannot come about: those on duty hand nothing over, and answer nothing in public. */
const exists: Record<Start, readonly AccessClass[]> = {
  open: classes,
  reopened: classes,
  decided: classes,
  'to-be-answered': ['open', 'victim'],
  'handed-over': ['open', 'victim'],
  answered: ['open', 'victim'],
  closed: ['open', 'victim'],
  withdrawn: classes,
};

const reasons: Record<DecisionKind, ReasonCode> = {
  'no-action': 'opinion-only',
  answer: 'service-need',
  'hand-over': 'service-need',
  correct: 'own-error',
  'refer-safety': 'safety-risk',
  'return-from-safety': 'misrouted',
  verify: 'needs-facts',
  'mark-noise': 'advert-or-spam',
};

const variants = ['free', 'stale', 'held'] as const;
type Variant = (typeof variants)[number];

const roleOf = (person: Person, access: AccessClass): Role =>
  person === 'maker' ? (access === 'safety' ? 'safety' : 'reviewer') : person;
const actorOf = (person: Person, access: AccessClass): Actor => ({
  id: `the-${person}`,
  roles: [roleOf(person, access)],
});

type Expected = 'done' | 'not-found' | 'conflict' | 'refused';

/** `refused`: in whichever words, for more than one reason may hold. */
function expectedOf(
  move: Move,
  { start, access, variant }: { start: Start; access: AccessClass; variant: Variant },
  person: Person,
): Expected {
  const rule = rules[move];
  if (!(sees[roleOf(person, access)] ?? []).includes(access)) return 'not-found';
  // A maker of the safety class is one of those on duty, whose decisions are fewer.
  const isOfRole =
    rule.by.includes(person) &&
    (person !== 'maker' || rule.by.includes(roleOf(person, access)) || move === 'undo');
  const isLegal = isOfRole && rule.from.includes(start) && (rule.classes ?? classes).includes(access);
  if (!isLegal) return 'refused';
  if (variant === 'stale' && rule.unversioned === undefined) return 'conflict';
  if (variant === 'held' && rule.held === undefined) return 'conflict';
  if (variant !== 'held' && rule.held === 'needed') return 'conflict';
  return 'done';
}

function walk(open: () => Promise<CaseStoreFixture>, who: readonly Person[], over: readonly AccessClass[]) {
  let fixture: CaseStoreFixture;
  let at: string;
  let tried = 0;
  beforeAll(async () => {
    fixture = await open();
    at = fixture.clock.now();
  });
  afterAll(async () => {
    reportProgress(`${tried} moves tried`);
    await fixture.close();
  });
  const newId = () => fixture.clock.newId();
  const later = () => new Date(Date.parse(at) + 60_000).toISOString();

  function decide(one: Case, kind: DecisionKind, actor: Actor, version = one.version) {
    const command = { commandId: newId(), caseId: one.id, version, kind, reason: reasons[kind] };
    const unitId = kind === 'hand-over' ? 'logistics' : null;
    return fixture.store.recordDecision(buildDecisionCommand({ ...command, unitId }), actor, at);
  }

  /** A case in every queue, as it comes to stand there; version 1 is long past. */
  async function place(start: Start, access: AccessClass, variant: Variant): Promise<Case> {
    const raw: Partial<Record<Start, Partial<Case>>> = {
      reopened: { state: 'reopened' },
      answered: { state: 'answered', decisionId: newId(), decidedAt: at },
      withdrawn: { state: 'closed' },
    };
    const queues: Case['queues'] = ['review', 'service', 'operations', 'safety'];
    const id = newId();
    const claim = variant === 'held' ? { actorId: 'somebody', token: 't', expiresAt: later() } : null;
    const seeded = buildCase({ id, version: 3, accessClass: access, queues, claim, ...raw[start] });
    await fixture.seed(seeded);
    const maker = actorOf('maker', access);
    const decided = async (kind: DecisionKind) => (await decide(seeded, kind, maker)).case;
    if (start === 'decided') return decided('no-action');
    if (start === 'handed-over') return decided('hand-over');
    if (start !== 'to-be-answered' && start !== 'closed') return seeded;
    const toAnswer = await decided('answer');
    if (start === 'to-be-answered') return toAnswer;
    const close = { commandId: newId(), caseId: id, version: toAnswer.version, note: null };
    return (await fixture.store.recordClose(close, maker, at)).case;
  }

  async function make(move: Move, one: Case, actor: Actor, variant: Variant): Promise<RecordedDecision> {
    const { store } = fixture;
    const command = { commandId: newId(), caseId: one.id, note: null };
    const version = variant === 'stale' ? 1 : one.version;
    switch (move) {
      case 'undo':
        return store.recordUndo({ ...command, version, decisionId: one.decisionId ?? newId() }, actor, at);
      case 'close':
        return store.recordClose({ ...command, version }, actor, at);
      case 'reopen':
        return store.recordReopening({ ...command, version, reason: 'new-facts' }, actor, at);
      case 'note':
        return store.recordNote({ ...command, note: '走一遍' }, actor, at);
      case 'take-over':
        return store.recordTakeOver({ command, claim: { token: 'mine', expiresAt: later() } }, actor, at);
      default:
        return decide(one, move, actor, version);
    }
  }

  async function expectDone(move: Move, one: Case, actor: Actor, made: RecordedDecision) {
    const { to } = rules[move];
    expect(made.case).toMatchObject({ state: to ?? one.state, version: one.version + 1 });
    expect(made.event).toMatchObject({
      caseVersion: one.version + 1,
      actorId: actor.id,
      before: { state: one.state },
    });
    if (move === 'refer-safety')
      expect(made.case).toMatchObject({ accessClass: 'safety', queues: ['safety'] });
    if (move === 'return-from-safety') expect(made.case).toMatchObject({ accessClass: 'open' });
    if (move === 'take-over') expect(made.case.claim).toMatchObject({ actorId: actor.id, token: 'mine' });
  }

  function expectRefused(expected: Expected, thrown: unknown) {
    expect(thrown).toBeInstanceOf(GuanlanError);
    if (expected === 'not-found') expect(thrown).toBeInstanceOf(NotFound);
    if (expected === 'conflict') expect(thrown).toBeInstanceOf(Conflict);
  }

  const everything = { accessClasses: classes };
  const one = (evidence: CaseEvidence, notes: number): CaseEvidence => ({
    ...{ events: evidence.events + 1, notes: evidence.notes + notes },
    ...{ auditEntries: evidence.auditEntries + 1, outboxEntries: evidence.outboxEntries + 1 },
  });

  /** Refused moves leave everything as it was, so that one case bears them all. */
  async function tryAll(move: Move, start: Start, access: AccessClass, variant: Variant) {
    let current: Case | null = null;
    let before: CaseEvidence = { events: 0, notes: 0, auditEntries: 0, outboxEntries: 0 };
    // Who sees nothing sees nothing of a stale version or a claim either.
    const people = variant === 'free' ? who : who.filter((one) => one === 'maker' || sees[one] !== undefined);
    for (const person of people) {
      if (current === null) {
        current = await place(start, access, variant);
        before = await fixture.countEvidence(current.id);
      }
      tried += 1;
      const actor = actorOf(person, access);
      const expected = expectedOf(move, { start, access, variant }, person);
      const name = `${move} by ${person}, ${start}, ${access}, ${variant}`;
      const made = await make(move, current, actor, variant).catch((error: unknown) => ({ error }));
      expect('error' in made ? String(made.error) : 'done', name).toEqual(
        expected === 'done' ? 'done' : expect.not.stringMatching(/^done$/),
      );
      if ('error' in made) {
        expectRefused(expected, made.error);
        continue;
      }
      await expectDone(move, current, actor, made);
      expect(await fixture.countEvidence(current.id), name).toEqual(one(before, move === 'note' ? 1 : 0));
      current = null;
    }
    if (current === null) return;
    expect(await fixture.store.findCase(current.id, everything), `${move} refused`).toEqual(current);
    expect(await fixture.countEvidence(current.id)).toEqual(before);
  }

  describe.each(starts)('from %s', (start) => {
    it.each(moves)('%s', async (move) => {
      for (const access of over.filter((one) => exists[start].includes(one))) {
        for (const variant of variants) {
          // Nobody holds what is decided.
          if (variant === 'held' && !(waiting as readonly Start[]).includes(start)) continue;
          await tryAll(move, start, access, variant);
        }
      }
    });
  });
}

describe('every move of a case, embedded', () => {
  walk(() => openSqliteCaseFixture(), [...Role.options, 'maker'], classes);
});

/** The rules are the same code; what differs is how they are kept in a transaction, and that each role meets somewhere. */
describeWithMongo('every move of a case, scaled', (uri) => {
  const database = useMongoTestDatabase(uri);
  walk(() => openMongoCaseFixture(database()), ['reviewer', 'director', 'editor', 'maker'], ['open']);
});
