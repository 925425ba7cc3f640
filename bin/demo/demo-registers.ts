import { openContactSeal } from '../../pipeline/commands/contact-seal.ts';
import { approveLawfulRequest, registerLawful } from '../../pipeline/commands/lawful-requests.ts';
import { type ReceiveRequest, receiveRequest } from '../../pipeline/commands/public-requests.ts';
import { proposeRemoval } from '../../pipeline/commands/removals.ts';
import type { Context } from '../../pipeline/context.ts';
import { type Action, rightsFor } from '../../pipeline/domain/role.ts';

const dayMs = 86_400_000;

async function findOfficial({ stores }: Context, login: string, action: Action) {
  const user = await stores.users.findByLogin(login);
  if (user === null) throw new Error(`the demo has no ${login}`);
  const appointments = user.roles.map((role) => ({ role, unitId: user.unitId, onBehalfOf: null }));
  return { official: { id: user.id, appointments }, rights: rightsFor(user.roles, action) };
}

/** What the public asked of the desk, as it came in. */
const asked: Omit<ReceiveRequest, 'commandId'>[] = [
  {
    ...{ wish: 'wrong-reading', platform: 'weibo', door: 'form', link: null, contact: null },
    quote: '宿舍热水的那条评论，上周三晚上发的',
    statement: '我问的是几点供水，答复说的是收费标准，请重新答复。',
  },
  {
    ...{ wish: 'correct-ours', platform: 'site', door: 'phone', quote: null, contact: null },
    link: 'https://www.canglan.example/info/1031/2088.htm',
    statement: '图书馆开放时间通知里的周末闭馆时间与现场公告不一致，请更正。',
  },
];

async function receivePublic(context: Context): Promise<void> {
  const { stores, clock, calendar, digestName, contactKeys } = context;
  const ports = { stores, clock, calendar, digestName, contacts: openContactSeal(contactKeys) };
  for (const one of asked) await receiveRequest({ ...one, commandId: clock.newId() }, null, ports);
}

/** The registers of the invented office: something waits in each of them. */
export async function fillDemoRegisters(context: Context): Promise<void> {
  const { clock, stores } = context;
  await receivePublic(context);
  const reviewer = await findOfficial(context, 'reviewer', 'removal.register');
  await proposeRemoval(
    {
      ...{ commandId: clock.newId(), platform: 'wechat', postId: null, ground: 'personal-data' },
      link: 'https://mp.weixin.qq.com/s/demo-article',
      ...{ basis: { law: 'personal-information', article: 10 }, screenshotSha256: '3f'.repeat(32) },
      explanation: '文章下第三条留言写有一名同学的手机号和宿舍门牌',
    },
    reviewer,
    context,
  );
  const waiting = await stores.cases.listQueue({
    ...{ queue: 'review', states: ['open'], accessClasses: ['open'], cursor: null, limit: 1 },
  });
  const id = waiting.items[0]?.postIds[0] ?? 'weibo:comment:1';
  const { entry } = await registerLawful(
    {
      ...{ commandId: clock.newId(), organ: '沧澜市公安局网安支队', documentNumber: '沧公网调〔2026〕42号' },
      receivedAt: new Date(Date.parse(clock.now()) - dayMs).toISOString(),
      ...{ basis: { law: 'criminal-procedure', article: 54 }, items: [{ kind: 'post', id }] },
      ...{ scope: '一条涉嫌刷单诈骗的评论原文', scanSha256: '7a'.repeat(32), paperPlace: '宣传部档案柜 3-2' },
    },
    await findOfficial(context, 'reviewer', 'request.register'),
    context,
  );
  const seen = { commandId: clock.newId(), entryId: entry.id, version: entry.version };
  await approveLawfulRequest(seen, await findOfficial(context, 'director', 'request.approve'), context);
}
