import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccessClass } from '../../pipeline/domain/access-class.ts';
import { Role } from '../../pipeline/domain/role.ts';
import { type RouteName, type RouteSpec, routes } from '../../review-api/contract/routes.ts';
import { buildFinding } from '../builders/post.ts';
import { describeSetUps } from '../harness/describe-set-ups.ts';
import { type HandoverScene, handOver, openHandoverScene } from '../harness/handover-scene.ts';
import { officePassword, openOffice } from '../harness/office.ts';
import type { Reply, Visitor } from '../harness/visitor.ts';
import { answerAsked, answerWho } from './expected/answers.ts';
import { handoverAsked, handoverWho } from './expected/handovers.ts';
import { instructionAsked, instructionWho } from './expected/instructions.ts';

/**
 * Role × route × unit × class, for the routes in which a unit acts for itself: what was handed or assigned to 后勤处, as people of
 * 后勤处, of 图书馆 and of no unit ask for it. What the office may do with it is the same whatever unit its people are of.
 */
const whoMay = { ...handoverWho, ...answerWho, ...instructionWho };
type Name = keyof typeof whoMay;
/** For those of a unit these are bound to it. */
const unitRoles: readonly Role[] = ['unit-head', 'unit-reviewer'];
const classes = ['open', 'victim'] as const satisfies readonly AccessClass[];
type OwnClass = (typeof classes)[number];
const canary: Record<OwnClass, string> = { open: '晴川阁', victim: '陆听澜' };
const units = ['logistics', 'library', null] as const;

let scene: HandoverScene;
const slips: Record<OwnClass, string> = { open: '', victim: '' };
const cases: Record<OwnClass, string> = { open: '', victim: '' };
const instructions: Record<OwnClass, string> = { open: '', victim: '' };
let answerId: string;

async function send(visitor: Visitor, path: string, body: object): Promise<Reply> {
  const reply = await visitor.post(path, { commandId: randomUUID(), ...body });
  if (reply.status >= 300) throw new Error(`${path} answered ${reply.status}: ${reply.text}`);
  return reply;
}

/** A slip and an instruction for 后勤处 about a case of each class, and a stock answer of its own. */
async function handOutEach(): Promise<void> {
  const leaders = (await scene.director.get('/api/leaders')).json as { items: { id: string }[] };
  for (const access of classes) {
    const text = `请看${canary[access]}门口。`;
    const findings = [buildFinding({ category: 'leak', start: 2, end: 5 })];
    const { id, caseId } = await handOver(scene, {
      post: { text },
      verdict: { accessClass: access, findings },
    });
    slips[access] = id;
    cases[access] = caseId;
    const subject = access === 'open' ? { kind: 'case', caseId } : { kind: 'topic', topic: 'fees' };
    const given = await send(scene.leader, '/api/instructions', { subject, text: '请核实。' });
    const { instruction } = given.json as { instruction: { id: string } };
    instructions[access] = instruction.id;
    const assign = { version: 1, move: 'assign', unitId: access === 'open' ? 'logistics' : 'library' };
    await send(scene.director, `/api/instructions/${instruction.id}/moves`, assign);
  }
  expect(leaders.items.length).toBeGreaterThan(0);
  const { writeAnswer } = answerAsked.bodies({ commandId: randomUUID(), now: '' });
  const written = await send(scene.head, '/api/answers', { ...writeAnswer, commandId: randomUUID() });
  answerId = (written.json as { id: string }).id;
}

const specOf = (name: RouteName): RouteSpec => routes[name];
const isPermitted = (name: Name, role: Role) => {
  const who = whoMay[name];
  return typeof who === 'string' || who.includes(role);
};

/** What a route of one thing is asked about. */
function idFor(name: Name, access: OwnClass): string {
  if (name in handoverWho) return name === 'listHandoversOfCase' ? cases[access] : slips[access];
  if (name in answerWho)
    return /Answer$|onAnswer/i.test(name) && name !== 'suggestAnswers' ? answerId : cases[access];
  return /card/i.test(name) ? `case:${cases[access]}` : instructions[access];
}

function ask(visitor: Visitor, name: Name, access: OwnClass): Promise<Reply> {
  const spec = specOf(name);
  const given = { commandId: randomUUID(), now: scene.office.clock.now() };
  const bodies: Record<string, object | undefined> = {
    ...handoverAsked.bodies(given),
    ...answerAsked.bodies(given),
    ...instructionAsked.bodies(given),
  };
  const queries: Record<string, string | undefined> = {
    ...handoverAsked.queries,
    ...answerAsked.queries,
    ...instructionAsked.queries,
  };
  const path = spec.path.replace(':id', encodeURIComponent(idFor(name, access))) + (queries[name] ?? '');
  const body = bodies[name];
  return visitor.send(spec.method.toUpperCase(), path, body === undefined ? {} : { body });
}

const names = Object.keys(whoMay) as Name[];

describeSetUps('what a unit may do for itself', (emptyPlace) => {
  beforeAll(async () => {
    scene = await openHandoverScene(await openOffice({}, await emptyPlace()));
    await handOutEach();
  });
  afterAll(() => scene.office.close());

  describe.each(unitRoles)('%s', (role) => {
    const visitors = new Map<string | null, Visitor>();
    beforeAll(async () => {
      for (const unitId of units) {
        const visitor = scene.office.visit();
        await visitor.signIn(await scene.office.hire([role], undefined, unitId), officePassword);
        visitors.set(unitId, visitor);
      }
    });
    const visitorOf = (unitId: string | null) => {
      const visitor = visitors.get(unitId);
      if (visitor === undefined) throw new Error(`nobody of ${unitId}`);
      return visitor;
    };

    test.each(names)('%s', async (name) => {
      for (const unitId of units) {
        for (const access of classes) {
          const reply = await ask(visitorOf(unitId), name, access);
          const where = `${name} by ${role} of ${unitId}, ${access}: ${reply.text.slice(0, 200)}`;
          const isOffered = isPermitted(name, role) && (unitId !== null || specOf(name).action === 'public');
          expect(reply.status === 403 && reply.text.includes('您的角色没有这项权限'), where).toBe(!isOffered);
          // A victim's text stands on no slip, and nothing of 后勤处 is told to 图书馆.
          expect(reply.text, where).not.toContain(canary.victim);
          if (unitId !== 'logistics') expect(reply.text, where).not.toContain(canary.open);
          const isSlip = name in handoverWho && specOf(name).path.includes(':id');
          if (isOffered && unitId === 'library' && isSlip) expect(reply.status, where).toBe(404);
        }
      }
    });

    test('its own slip it reads, with the text of an open case', async () => {
      const own = await visitorOf('logistics').get(`/api/handovers/${slips.open}`);
      expect(own.status).toBe(200);
      expect(own.text).toContain(canary.open);
      expect((await visitorOf('logistics').get(`/api/handovers/${slips.victim}`)).status).toBe(200);
    });
  });

  test('an instruction is read by the head of the unit that it was assigned to', async () => {
    const read = (visitor: Visitor, access: OwnClass) =>
      visitor.get(`/api/instructions/${instructions[access]}`);
    expect((await read(scene.head, 'open')).status).toBe(200);
    expect((await read(scene.otherHead, 'open')).status).toBe(404);
    expect((await read(scene.head, 'victim')).status).toBe(404);
    expect((await read(scene.otherHead, 'victim')).status).toBe(200);
  });

  test('every role is either of a unit, or the same in each', () => {
    expect(Role.options.filter((role) => isPermitted('readHandover', role)).sort()).toEqual(
      ['director', 'reviewer', ...unitRoles].sort(),
    );
  });
});
