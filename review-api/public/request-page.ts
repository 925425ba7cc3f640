import type { RequestState } from '../../pipeline/commands/public-requests.ts';
import { escapeHtml } from '../../pipeline/domain/escape-html.ts';
import type { PublicNotice } from '../../pipeline/domain/public-notice.ts';
import {
  answerWorkingDays,
  type PublicOutcome,
  type PublicState,
  type PublicWish,
  publicWishNames,
} from '../../pipeline/domain/public-request.ts';
import { shanghaiClock } from '../../pipeline/domain/time.ts';
import { buildPage, buildTable, type PageLink, paragraph } from './page-frame.ts';

type Frame = Pick<PublicNotice, 'school' | 'madeOn'>;

/** What somebody typed, to be shown again beside what was wrong with it. */
export type Typed = Partial<Record<string, string>>;

const platformChoices = {
  weibo: '微博',
  wechat: '微信公众号',
  site: '学校网站',
  other: '其他',
} as const;

/** A field that people do not see and programs fill in. */
export const trapField = 'website';

const options = (choices: Record<string, string>, chosen: string | undefined) =>
  Object.entries(choices)
    .map(([value, name]) => `<option value="${value}"${value === chosen ? ' selected' : ''}>${name}</option>`)
    .join('');

const value = (text: string | undefined) => (text === undefined ? '' : ` value="${escapeHtml(text)}"`);

export interface FormProblem {
  field: string | null;
  says: string;
}

/** What a field is called, for the line that says what is wrong. */
const fieldNames: Record<string, string> = {
  wish: '您的要求',
  platform: '平台',
  link: '网址',
  quote: '原话',
  statement: '说明',
  contact: '联系方式',
};

function describeProblem(problem: FormProblem | null, id: string): string {
  if (problem === null) return '';
  const name = problem.field === null ? undefined : fieldNames[problem.field];
  return `<p class="note wrong" role="alert" id="${id}">${name === undefined ? '' : `${name}：`}${escapeHtml(problem.says)}</p>`;
}

/** What was asked for, and why it was not found: beside the look-up, below the form that has nothing to do with it. */
interface LookUp {
  number: string;
  code: string;
  problem: FormProblem;
}

/** The address of the answer names the place, so that it is in sight where it comes back with a problem. */
function buildLookUp(failed: LookUp | null): string {
  const invalid = failed === null ? '' : ' aria-invalid="true" aria-describedby="wrong-look-up"';
  return `<h2 id="look-up">查询办理情况</h2>
${describeProblem(failed?.problem ?? null, 'wrong-look-up')}
<form method="post" action="state#look-up" accept-charset="utf-8">
<label>编号<input name="number" required maxlength="40" autocomplete="off" placeholder="异议〔2026〕1号"${value(failed?.number)}${invalid}></label>
<label>查询码<input name="code" required maxlength="40" autocomplete="off"${value(failed?.code)}${invalid}></label>
<button type="submit">查询</button>
</form>`;
}

interface RequestForm {
  /** One form is one request, however often it is sent. */
  formId: string;
  typed: Typed;
  problem: FormProblem | null;
  lookUp?: LookUp;
}

/** Works without a script; no name is asked for. */
export function buildRequestPage(
  { formId, typed, problem, lookUp }: RequestForm,
  frame: Frame,
  links: readonly PageLink[],
): string {
  const invalid = (field: string) =>
    problem?.field === field ? ' aria-invalid="true" aria-describedby="wrong"' : '';
  const body = `${paragraph(`不需要登录，不需要提供姓名、证件或账号。${answerWorkingDays} 个工作日内答复并说明理由。`)}
${describeProblem(problem, 'wrong')}
<form method="post" action="request" accept-charset="utf-8">
<input type="hidden" name="formId" value="${escapeHtml(formId)}">
<label>您的要求<select name="wish" required${invalid('wish')}>${options(publicWishNames, typed.wish)}</select></label>
<label>内容在哪个平台<select name="platform" required${invalid('platform')}>${options(platformChoices, typed.platform)}</select></label>
<label>网址<small>那一条内容或它所在文章的地址；不要填个人主页</small><input name="link" type="url" inputmode="url" maxlength="1000" autocomplete="off"${value(typed.link)}${invalid('link')}></label>
<label>原话和大致时间<small>没有单独网址的评论，请抄下原话，写明大约什么时候发的</small><textarea name="quote" maxlength="500"${invalid('quote')}>${escapeHtml(typed.quote ?? '')}</textarea></label>
<label>说明<textarea name="statement" required minlength="5" maxlength="2000"${invalid('statement')}>${escapeHtml(typed.statement ?? '')}</textarea></label>
<label>联系方式（可以不填）<small>只用于寄送答复，密封保存，办结 30 天后清除；不填也可以凭编号和查询码查看答复</small><input name="contact" maxlength="100" autocomplete="off"${value(typed.contact)}${invalid('contact')}></label>
<label class="trap" aria-hidden="true">请勿填写<input name="${trapField}" tabindex="-1" autocomplete="off"></label>
<button type="submit">提交</button>
</form>
${buildLookUp(lookUp ?? null)}`;
  const prefix = problem !== null ? '请更正后再提交 · ' : lookUp !== undefined ? '查询未成功 · ' : '';
  const title = `${prefix}异议与更正`;
  return buildPage({ title, school: frame.school, links, body, foot: `${frame.madeOn} 生成。` });
}

export function buildReceivedPage(
  { number, code, dueAt }: { number: string; code: string; dueAt: string },
  frame: Frame,
  links: readonly PageLink[],
): string {
  const body = `<p role="status"><strong>已收到。</strong>请记下编号和查询码，查询码只显示这一次。</p>
<p>编号</p><p class="code">${escapeHtml(number)}</p>
<p>查询码</p><p class="code">${escapeHtml(code)}</p>
${paragraph(`最迟 ${shanghaiClock(dueAt).slice(0, 10)} 答复。`)}
<p><a href="request">查询办理情况</a></p>`;
  return buildPage({ title: '已收到', school: frame.school, links, body, foot: `${frame.madeOn} 生成。` });
}

const stateNames: Record<PublicState, string> = { received: '办理中', answered: '已答复', closed: '已办结' };
const outcomeNames: Record<PublicOutcome, string> = {
  granted: '同意并已办理',
  partly: '部分同意',
  refused: '未同意',
};

export function buildStatePage(state: RequestState, frame: Frame, links: readonly PageLink[]): string {
  const wish: PublicWish = state.wish;
  const rows: [string, string][] = [
    ['编号', state.number],
    ['要求', publicWishNames[wish]],
    ['收到', shanghaiClock(state.receivedAt).slice(0, 10)],
    ['最迟答复', shanghaiClock(state.dueAt).slice(0, 10)],
    ['状态', stateNames[state.state]],
    ...(state.outcome === null ? [] : ([['结果', outcomeNames[state.outcome]]] as [string, string][])),
  ];
  const answer =
    state.answer === null
      ? state.outcome === null
        ? ''
        : paragraph('答复全文已按保存期限清除。')
      : `<h2>答复</h2>${state.answer.split('\n').map(paragraph).join('')}`;
  const body = `${buildTable(rows)}${answer}`;
  return buildPage({ title: '办理情况', school: frame.school, links, body, foot: `${frame.madeOn} 生成。` });
}

/** For hanging out where there is no server: by mail, letter and phone. */
export function buildRequestByMailPage(
  notice: PublicNotice,
  contact: { phone: string | null; email: string | null; post: string | null } | null,
  links: readonly PageLink[],
): string {
  const ways: [string, string][] = [
    ['电子邮件', contact?.email ?? '未提供'],
    ['来信', contact?.post ?? '未提供'],
    ['电话', contact?.phone ?? '未提供'],
  ];
  const asks: [string, string][] = [
    ['1', `您的要求：${Object.values(publicWishNames).join('；')}`],
    ['2', '那一条内容的网址；没有单独网址的评论，请抄下原话和大致时间'],
    ['3', '您的说明'],
    ['4', '需要寄送答复的，留下一种联系方式；只用于答复，密封保存，办结 30 天后清除'],
  ];
  const body = `${paragraph(`不需要提供姓名、证件或账号。${answerWorkingDays} 个工作日内答复并说明理由。`)}
<h2>寄到哪里</h2>${buildTable(ways)}<h2>请写明</h2>${buildTable(asks)}`;
  return buildPage({
    ...{ title: '异议与更正', school: notice.school, links, body },
    foot: `本页于 ${notice.madeOn} 生成。`,
  });
}
