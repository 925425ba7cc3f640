import { changeReply, suggestForCase } from '../../pipeline/commands/draft-reply.ts';
import { releaseHelp } from '../../pipeline/commands/release-help.ts';
import type { Context } from '../../pipeline/context.ts';
import type { Actor } from '../../pipeline/domain/case.ts';
import { type Action, rightsFor } from '../../pipeline/domain/role.ts';
import type { StockAnswerKind, StockContent } from '../../pipeline/domain/stock-answer.ts';
import type { AnswerRuling, AnswerStep } from '../../pipeline/domain/stock-answer-change.ts';
import { shanghaiDay } from '../../pipeline/domain/time.ts';

interface DemoAnswer {
  kind: StockAnswerKind;
  unitId: string;
  /** How far it has come. */
  state: 'draft' | 'in-review' | 'approved';
  writer: string;
  content: Pick<StockContent, 'title' | 'words' | 'topics' | 'body' | 'shortBody'>;
  document: string;
  /** Days from today on which it begins and ends. */
  days: readonly [from: number, until: number];
}

const answers: readonly DemoAnswer[] = [
  {
    ...{ kind: 'service', unitId: 'logistics', state: 'approved', writer: 'unit-head', days: [-40, 110] },
    content: {
      title: '宿舍供暖报修',
      ...{ words: ['暖气', '供暖', '不热'], topics: ['dormitory', 'logistics'] },
      body: '学校供暖期内宿舍温度应不低于 18℃。如果不热，请拨打后勤服务热线 0571-88000110（24 小时），或在“沧澜后勤”小程序报修，维修人员 24 小时内上门。',
      shortBody: '宿舍不热请拨打后勤热线 0571-88000110（24 小时）或在“沧澜后勤”小程序报修，24 小时内上门。',
    },
    document: '后勤处《冬季供暖安排》',
  },
  {
    ...{ kind: 'service', unitId: 'logistics', state: 'approved', writer: 'reviewer', days: [-80, 5] },
    content: {
      title: '食堂价格怎么定',
      ...{ words: ['食堂', '涨价', '价格'], topics: ['canteen'] },
      body: '食堂价格按成本核定，每学期公示一次。对某个窗口的价格和分量有意见，可以找当班经理，也可以拨打饮食服务中心 0571-88000120，三个工作日内答复。',
      shortBody: '食堂价格按成本核定并公示。有意见请拨打饮食服务中心 0571-88000120，三个工作日内答复。',
    },
    document: '饮食服务中心价格公示',
  },
  {
    ...{ kind: 'service', unitId: 'it-centre', state: 'approved', writer: 'reviewer', days: [-90, -2] },
    content: {
      title: '校园网断线怎么办',
      ...{ words: ['校园网', '断网', '掉线'], topics: ['network'] },
      body: '请先重新认证；仍不能上网的，请拨打网络服务台 0571-88000130，工作日 8:00—22:00 有人接听。',
      shortBody: null,
    },
    document: '现代教育技术中心服务指南',
  },
  {
    ...{ kind: 'statement', unitId: 'publicity', state: 'in-review', writer: 'reviewer', days: [0, 60] },
    content: {
      title: '停水检修情况说明',
      ...{ words: ['停水', '没水'], topics: ['logistics', 'dormitory'] },
      body: '因市政管网检修，南区部分楼栋临时停水，后勤处已安排送水车。恢复时间以后勤处通知为准，学校将及时公布进展。',
      shortBody: '因市政管网检修，南区部分楼栋临时停水，已安排送水车，恢复时间以后勤处通知为准。',
    },
    document: '后勤处停水通知',
  },
  {
    ...{ kind: 'help', unitId: 'students', state: 'approved', writer: 'reviewer', days: [-10, 170] },
    content: {
      title: '有人愿意听你说',
      ...{ words: [], topics: [] },
      body: '看到你的留言，我们很在意你。现在就可以拨打全国统一心理援助热线 12356；也可以直接到心理中心，有老师在。需要有人马上到你身边，请拨打校园 24 小时值守电话 0571-88000119。',
      shortBody:
        '看到你的留言，我们很在意你。可以拨打心理援助热线 12356，或校园 24 小时值守电话 0571-88000119，有老师在。',
    },
    document: '心理中心服务公告',
  },
  {
    ...{ kind: 'help', unitId: 'students', state: 'draft', writer: 'reviewer', days: [0, 180] },
    content: {
      title: '夜间值守怎么找',
      ...{ words: [], topics: [] },
      body: '夜间请到【请填写值守地点】，或拨打【请填写夜间值守号码】。',
      shortBody: null,
    },
    document: '心理中心值班安排',
  },
];

const dayMs = 86_400_000;

/** The stock answers of the invented school, written, sent in and approved as people would. */
export async function writeDemoAnswers({ stores, clock }: Pick<Context, 'stores' | 'clock'>): Promise<void> {
  const now = Date.parse(clock.now());
  const dayFrom = (days: number) => shanghaiDay(new Date(now + days * dayMs).toISOString());
  const actorOf = async (login: string): Promise<Actor> => {
    const user = await stores.users.findByLogin(login);
    if (user === null) throw new Error(`the demo has no ${login}`);
    return { id: user.id, roles: user.roles };
  };
  for (const { kind, unitId, state, writer, content, document, days } of answers) {
    const [from, until] = days;
    const author = { actor: await actorOf(writer), units: 'all' as const };
    const at = new Date(now + Math.min(from, 0) * dayMs).toISOString();
    const source = { document, date: dayFrom(Math.min(from, 0)), link: null };
    const whole = {
      ...content,
      channelKinds: [],
      source,
      validFrom: dayFrom(from),
      validUntil: dayFrom(until),
    };
    const aim = { kind, unitId, content: whole, answerId: null, revision: null };
    const written = await stores.answers.change(
      { type: 'write', commandId: clock.newId(), ...aim },
      author,
      at,
    );
    let { id, revision } = written.answer;
    const act = async (type: AnswerStep | AnswerRuling, by: typeof author) => {
      const command = { type, commandId: clock.newId(), answerId: id, revision, reason: null };
      ({ id, revision } = (await stores.answers.change(command, by, at)).answer);
    };
    if (state === 'draft') continue;
    await act('submit', author);
    if (state === 'in-review') continue;
    const approver = { actor: await actorOf(kind === 'help' ? 'safety' : 'director'), units: 'all' as const };
    if (kind === 'help') await act('check', approver);
    await act('approve', approver);
  }
}

/** A reply that is being drafted, and a help reply that waits for the keeper of the accounts. */
export async function startDemoReplies({ stores, clock }: Context): Promise<void> {
  const readerOf = async (login: string, action: Action) => {
    const user = await stores.users.findByLogin(login);
    if (user === null) throw new Error(`the demo has no ${login}`);
    return { actor: { id: user.id, roles: user.roles }, rights: rightsFor(user.roles, action) };
  };
  const ports = { stores, clock };
  const reviewer = await readerOf('reviewer', 'case.decide');
  const onDuty = await readerOf('safety', 'help.release');
  const page = { states: ['open', 'reopened'] as const, cursor: null, limit: 50 };
  const waiting = await stores.cases.listQueue({ queue: 'service', ...page, accessClasses: ['open'] });
  for (const { id: caseId } of waiting.items) {
    const [best] = await suggestForCase(caseId, reviewer, { ...ports, mask: async ({ text }) => text });
    if (best === undefined || best.words.length === 0) continue;
    const { version, answer } = best;
    const from = { stockAnswerId: answer.id, stockAnswerVersion: version.version };
    const text = version.shortBody ?? version.body;
    const command = {
      type: 'write' as const,
      commandId: clock.newId(),
      caseId,
      version: null,
      text,
      ...from,
    };
    await changeReply(command, reviewer, ports);
    break;
  }
  const danger = await stores.cases.listQueue({ queue: 'safety', ...page, accessClasses: ['safety'] });
  const help = (await stores.answers.list()).find(({ kind, versions }) => {
    return kind === 'help' && versions[0]?.state === 'approved';
  });
  const operator = await stores.users.findByLogin('operator');
  const [one] = danger.items;
  if (one === undefined || help === undefined || operator === null) return;
  const words = help.versions[0]?.shortBody ?? '';
  await releaseHelp(
    {
      ...{ commandId: clock.newId(), caseId: one.id, caseVersion: one.version, collectorId: operator.id },
      ...{ stockAnswerId: help.id, stockAnswerVersion: 1, replyText: words },
    },
    onDuty,
    ports,
  );
}
