import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccessClass } from '../../pipeline/domain/access-class.ts';
import type { QueueName } from '../../pipeline/domain/category.ts';
import { Unit } from '../../pipeline/domain/channel.ts';
import { Role } from '../../pipeline/domain/role.ts';
import { type RouteName, type RouteSpec, routes } from '../../review-api/contract/routes.ts';
import { buildFinding } from '../builders/post.ts';
import { describeSetUps } from '../harness/describe-set-ups.ts';
import { type Office, officePassword, openOffice } from '../harness/office.ts';
import { fileCase } from '../harness/office-cases.ts';
import type { Reply, Visitor } from '../harness/visitor.ts';
import { administrationAsked, administrationWho } from './expected/administration.ts';
import { answerAsked, answerWho } from './expected/answers.ts';
import { authorityAsked, authorityWho } from './expected/authority.ts';
import { caseAsked, caseWho } from './expected/cases.ts';
import { deskAsked, deskWho } from './expected/desk.ts';
import { draftAsked, draftWho } from './expected/drafts.ts';
import type { Who } from './expected/expectation.ts';
import { figuresAsked, figuresWho } from './expected/figures.ts';
import { guideAsked, guideWho } from './expected/guide.ts';
import { handoverAsked, handoverWho } from './expected/handovers.ts';
import { instructionAsked, instructionWho } from './expected/instructions.ts';
import { peopleAsked, peopleWho } from './expected/people.ts';
import { channelWho, ruleWho } from './expected/rules.ts';
import { safeguardAsked, safeguardWho } from './expected/safeguards.ts';
import { setupAsked, setupWho } from './expected/setup.ts';
import { signInAsked, signInWho } from './expected/sign-in.ts';
import { webhookAsked, webhookWho } from './expected/webhooks.ts';

/**
 * R19 over HTTP: role × route × access class. What is expected stands here in full and is not computed from the product's own
 * table; a route that is not listed fails to compile and to run.
 */
const workers: readonly Role[] = ['reviewer', 'director', 'safety', 'operator'];
const whoMay: Record<RouteName, Who> = {
  login: 'anyone',
  readSession: 'signed-in',
  logout: 'signed-in',
  changePassword: 'signed-in',
  countQueues: workers,
  listCases: workers,
  readCase: workers,
  openCase: workers,
  renewClaim: workers,
  releaseClaim: workers,
  recordDecision: workers,
  undoDecision: workers,
  splitCopy: workers,
  closeCase: workers,
  readVersions: workers,
  ...caseWho,
  registerLead: ['reviewer', 'director'],
  listLeads: ['reviewer', 'director'],
  countLeads: ['reviewer', 'director'],
  changeLead: ['reviewer', 'director'],
  withdrawLead: ['reviewer', 'director'],
  searchPosts: ['reviewer', 'director', 'analyst', 'safety'],
  judgeTexts: ['reviewer', 'director', 'analyst', 'operator'],
  ...ruleWho,
  ...channelWho,
  ...peopleWho,
  ...signInWho,
  ...setupWho,
  ...guideWho,
  ...administrationWho,
  ...authorityWho,
  ...figuresWho,
  ...deskWho,
  ...handoverWho,
  ...answerWho,
  ...instructionWho,
  ...safeguardWho,
  ...webhookWho,
  ...draftWho,
  readOpenApi: 'anyone',
  checkHealth: 'anyone',
  checkReady: 'anyone',
};

const asked = [
  caseAsked,
  peopleAsked,
  signInAsked,
  setupAsked,
  guideAsked,
  administrationAsked,
  authorityAsked,
  ...figuresAsked,
  deskAsked,
  handoverAsked,
  answerAsked,
  instructionAsked,
  safeguardAsked,
  webhookAsked,
  draftAsked,
];

const classes = ['open', 'victim', 'safety'] as const;
type Sight = 'full' | 'masked' | 'none';
const sights: Partial<Record<Role, Record<AccessClass, Sight>>> = {
  reviewer: { open: 'full', victim: 'masked', safety: 'none' },
  director: { open: 'full', victim: 'full', safety: 'none' },
  operator: { open: 'full', victim: 'masked', safety: 'none' },
  safety: { open: 'full', victim: 'full', safety: 'full' },
};
const unseen: Record<AccessClass, Sight> = { open: 'none', victim: 'none', safety: 'none' };
/** A masked text is not found by what it hides, so that search sees only what is seen in full. */
const searchable: Partial<Record<Role, readonly AccessClass[]>> = {
  reviewer: ['open'],
  director: ['open', 'victim'],
  analyst: ['open'],
  safety: classes,
};
/** A masked text may be counted by a rule, but not looked for by a word of one's own. */
const countable: Partial<Record<Role, readonly AccessClass[]>> = {
  reviewer: ['open', 'victim'],
  director: ['open', 'victim'],
  analyst: ['open'],
  safety: classes,
};
const ownQueue: Partial<Record<Role, QueueName>> = { safety: 'safety', operator: 'operations' };

/** A name in each class's text; a person's name in the victim's, which a finding covers. */
const canary: Record<AccessClass, string> = { open: '晴川阁', victim: '陆听澜', safety: '暮云深' };
const phone = '13900001234';
const allQueues: QueueName[] = ['review', 'service', 'operations', 'safety'];

const routeNames = Object.keys(routes) as RouteName[];
const specOf = (name: RouteName): RouteSpec => routes[name];

let office: Office;

/** Cases of all classes stand in every queue, so that only the class can keep them from anyone. */
async function fileOneOfEach(): Promise<Record<AccessClass, string>> {
  const ids = { open: '', victim: '', safety: '' };
  for (const access of classes) {
    const title = `${canary[access]}的消息`;
    const text = `请联系${phone}，${canary[access]}。`;
    const spans = [0, title.length + text.indexOf(canary[access]) + 1];
    const findings = spans.map((start) => buildFinding({ category: 'leak', start, end: start + 3 }));
    const attachments = [{ name: `${canary[access]}.xlsx`, url: 'https://www.canglan.example/a.xlsx' }];
    const post = { kind: 'comment' as const, title, text, attachments };
    const verdict = { queues: allQueues, accessClass: access, findings: access === 'victim' ? findings : [] };
    ids[access] = (await fileCase(office, post, verdict)).caseId;
  }
  return ids;
}

function requestFor(name: RouteName, role: Role, caseId: string) {
  const path = specOf(name).path.replace(':id', caseId);
  const purpose = encodeURIComponent('检查权限');
  const commandId = randomUUID();
  const changed = { commandId, revision: 1, reason: '检查权限' };
  const bodies: Partial<Record<RouteName, object>> = {
    login: { login: 'nobody', password: 'wrong password' },
    changePassword: { currentPassword: 'wrong password', newPassword: '另一个足够长的密码 4711' },
    openCase: { purpose: '检查权限' },
    recordDecision: { commandId, version: 1, kind: 'no-action', reason: 'opinion-only' },
    undoDecision: { commandId, version: 1, decisionId: commandId },
    changeRuleState: { to: 'shadow', seenVersion: 1 },
    judgeTexts: { items: [{ text: '消息' }] },
    tryRule: { word: '消息', purpose: '检查权限' },
    splitCopy: { commandId, version: 1, postId: 'main-site:comment:1' },
    closeCase: { commandId, version: 1 },
    registerLead: { commandId, source: 'other', receivedAt: office.clock.now(), summary: '来电反映一件事' },
    changeLead: { ...changed, receivedAt: office.clock.now(), source: 'other' },
    withdrawLead: changed,
    ...Object.assign({}, ...asked.map(({ bodies }) => bodies({ commandId, now: office.clock.now() }))),
  };
  const queries: Partial<Record<RouteName, string>> = {
    listCases: `?queue=${ownQueue[role] ?? 'review'}&limit=200`,
    countFacets: `?queue=${ownQueue[role] ?? 'review'}`,
    readCase: `?purpose=${purpose}`,
    readVersions: `?purpose=${purpose}`,
    countLeads: '?year=2026',
    searchPosts: `?q=${encodeURIComponent('消息')}&purpose=${purpose}`,
    ...Object.assign({}, ...asked.map(({ queries }) => queries)),
  };
  return { path: path + (queries[name] ?? ''), body: bodies[name] };
}

/** What a unit may do for itself takes a unit. */
async function visitFromUnit(role: Role): Promise<Visitor> {
  const { settings } = office.stores;
  const units = [{ id: 'logistics', name: '后勤处' }].map((unit) => Unit.parse(unit));
  await settings.save('units', units, {
    expectedVersion: await settings.readVersion(),
    ...{ actorId: null, source: 'test', at: office.clock.now(), id: randomUUID() },
  });
  const login = await office.hire([role], undefined, 'logistics');
  const visitor = office.visit();
  await visitor.signIn(login, officePassword);
  return visitor;
}

async function call(visitor: Visitor, name: RouteName, role: Role, caseId = 'none'): Promise<Reply> {
  const { path, body } = requestFor(name, role, caseId);
  return visitor.send(specOf(name).method.toUpperCase(), path, body === undefined ? {} : { body });
}

const isPermitted = (name: RouteName, role: Role) => {
  const allowed = whoMay[name];
  return typeof allowed === 'string' || allowed.includes(role);
};

function expectNoCanary(reply: Reply, except: readonly AccessClass[]): void {
  for (const access of classes) {
    if (!except.includes(access)) expect(reply.text).not.toContain(canary[access]);
  }
}

interface WhatIfNumbers {
  scanned: number;
  hits: number;
  sample: { accessClass: AccessClass }[];
}

interface QueueCount {
  queue: QueueName;
  undecided: number;
}

test('the expectation covers every route and every role', () => {
  expect(Object.keys(whoMay).sort()).toEqual([...routeNames].sort());
  expect(Role.options.filter((role) => sights[role] !== undefined).sort()).toEqual([...workers].sort());
});

describeSetUps('R19 over HTTP', (emptyPlace) => {
  beforeAll(async () => {
    office = await openOffice({}, await emptyPlace());
  });
  afterAll(() => office.close());

  test('without a session nothing but the public routes answers', async () => {
    const { open } = await fileOneOfEach();
    for (const name of routeNames) {
      const reply = await call(office.visit(), name, 'reviewer', open);
      if (whoMay[name] === 'anyone') expect(reply.status, name).not.toBe(403);
      else expect(reply.json, name).toMatchObject({ status: 401, code: 'sign-in-required' });
      expectNoCanary(reply, []);
    }
  });

  describe.each(Role.options)('%s', (role) => {
    let visitor: Visitor;
    let cases: Record<AccessClass, string>;
    const sight = sights[role] ?? unseen;
    const full = classes.filter((access) => sight[access] === 'full');

    beforeAll(async () => {
      visitor = await visitFromUnit(role);
      cases = await fileOneOfEach();
    });

    test.each(routeNames.filter((name) => !specOf(name).path.includes(':id') && name !== 'logout'))(
      '%s',
      async (name) => {
        const reply = await call(visitor, name, role);
        if (!isPermitted(name, role)) {
          expect(reply.json).toMatchObject({ status: 403, code: 'not-permitted' });
          expectNoCanary(reply, []);
          return;
        }
        expect(reply.status).not.toBe(403);
        const isSearch = name === 'searchPosts' || name === 'tryRule';
        expectNoCanary(reply, isSearch ? (searchable[role] ?? []) : full);
      },
    );

    test('what is asked for by an id, its role decides before anything is looked up', async () => {
      for (const name of routeNames.filter((one) => specOf(one).path.includes(':id'))) {
        const { status } = await call(visitor, name, role);
        expect(status === 403, name).toBe(!isPermitted(name, role));
      }
    });

    describe.each(classes)('a case of class %s', (access) => {
      const caseRoutes = [
        'readCase',
        'readVersions',
        'readReply',
        'suggestAnswers',
        'openCase',
        'renewClaim',
        'releaseClaim',
        'undoDecision',
        'closeCase',
        'reopenCase',
        'noteCase',
        'readClaim',
        'takeOverClaim',
      ] as const;
      test.each([...caseRoutes, 'splitCopy' as const, 'recordDecision' as const])('%s', async (name) => {
        const reply = await call(visitor, name, role, cases[access]);
        if (!isPermitted(name, role)) {
          expect(reply.json).toMatchObject({ status: 403, code: 'not-permitted' });
        } else if (sight[access] === 'none') {
          expect(reply.json).toMatchObject({ status: 404, code: 'not-found' });
        } else if (name === 'undoDecision' || name === 'closeCase') {
          // Nothing has been decided yet: past the rights, there is nothing to take back, and nothing to close.
          expect([404, 409]).toContain(reply.status);
          expect(reply.text).toContain('处理意见');
        } else if (name === 'reopenCase' || name === 'takeOverClaim') {
          // It waits, and nobody else holds it: past the rights, there is nothing to bring back or to take over.
          expect([403, 409]).toContain(reply.status);
          expect(reply.text).toMatch(/等待处理|负责人|没有别人/);
        } else if (name === 'splitCopy') {
          // It is a case of one text: past the rights, there is no copy to part.
          expect(reply.json).toMatchObject({ status: 400, code: 'invalid-input' });
        } else {
          expect([200, 204]).toContain(reply.status);
        }
        expectNoCanary(reply, sight[access] === 'full' ? [access] : []);
      });

      test('its text', async () => {
        if (!isPermitted('readCase', role) || sight[access] === 'none') return;
        const { text } = await call(visitor, 'readCase', role, cases[access]);
        const seenFully = sight[access] === 'full';
        expect(text.includes(canary[access])).toBe(seenFully);
        expect(text.includes(phone)).toBe(seenFully);
        expect(text).toContain(`"mode":"${sight[access]}"`);
        expect(text).toContain('请联系');
      });
    });

    test('its lists, counts and hits have the visible classes only', async () => {
      if (isPermitted('listCases', role)) {
        const listed = (await call(visitor, 'listCases', role)).json as {
          items: { accessClass: AccessClass }[];
        };
        const visible = classes.filter((access) => sight[access] !== 'none');
        expect(new Set(listed.items.map((item) => item.accessClass))).toEqual(new Set(visible));
        const counted = (await call(visitor, 'countQueues', role)).json as { items: QueueCount[] };
        const queue = ownQueue[role] ?? 'review';
        const count = counted.items.find((item) => item.queue === queue)?.undecided;
        expect(count).toBe(listed.items.length);
      }
      if (isPermitted('searchPosts', role)) {
        const found = (await call(visitor, 'searchPosts', role)).json as {
          items: { accessClass: AccessClass }[];
        };
        expect(new Set(found.items.map((item) => item.accessClass))).toEqual(new Set(searchable[role]));
      }
      if (isPermitted('tryRule', role)) {
        const tried = (await call(visitor, 'tryRule', role)).json as WhatIfNumbers;
        expect(tried.hits).toBeGreaterThan(0);
        expect(tried.hits).toBe(tried.scanned);
        expect(new Set(tried.sample.map((item) => item.accessClass))).toEqual(new Set(searchable[role]));
      }
      if (isPermitted('readRuleStats', role)) {
        const stats = (await call(visitor, 'readRuleStats', role)).json as { items: { hits: number }[] };
        // The victim's posts have a rule's finding each; who may not see the class counts none of them.
        const seen = classes.filter((access) => countable[role]?.includes(access));
        const all = await office.stores.evidence.countHits({ fromDay: '2000-01-01', accessClasses: seen });
        const hits = (counts: readonly { hits: number }[]) => counts.reduce((sum, one) => sum + one.hits, 0);
        expect(hits(stats.items)).toBe(hits(all));
        expect(hits(all) > 0).toBe(seen.includes('victim'));
      }
    });

    test('logout', async () => {
      expect((await call(visitor, 'logout', role)).status).toBe(204);
    });
  });

  test('several roles add up, and only over what each may do', async () => {
    const { safety, victim } = await fileOneOfEach();
    const both = await office.visitAs('reviewer', 'safety');
    expect((await both.get(`/api/cases/${safety}`)).text).toContain(canary.safety);
    expect((await both.get(`/api/cases/${victim}`)).text).toContain(canary.victim);
    // Who keeps the site sees a victim's text masked, and may search nothing: nothing is added to what the analyst finds.
    const found = await call(await office.visitAs('analyst', 'operator'), 'searchPosts', 'analyst');
    expectNoCanary(found, ['open']);
  });

  test('a role that is taken away is gone with the next request', async () => {
    const login = await office.hire(['director']);
    const visitor = office.visit();
    const { id } = await visitor.signIn(login, officePassword);
    expect((await visitor.get('/api/queues')).status).toBe(200);
    const user = await office.stores.users.find(id);
    if (user !== null) await office.stores.users.update({ ...user, roles: ['editor'] });
    expect((await visitor.get('/api/queues')).status).toBe(403);
  });

  test('what nobody may see is in no line of the log', () => {
    for (const word of [...Object.values(canary), phone]) expect(office.log()).not.toContain(word);
  });
});
