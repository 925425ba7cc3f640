import type { RequestState } from '../../pipeline/commands/public-requests.ts';
import { escapeHtml } from '../../pipeline/domain/escape-html.ts';
import type { PublicNotice } from '../../pipeline/domain/public-notice.ts';
import { answerWorkingDays, publicWishNames } from '../../pipeline/domain/public-request.ts';
import { shanghaiClock } from '../../pipeline/domain/time.ts';
import { buildPage, buildTable, type PageLink, paragraph } from './page-frame.ts';
import { type PublicLanguage, type RequestWords, requestWords } from './request-words.ts';

type Frame = Pick<PublicNotice, 'school' | 'madeOn'>;

/** What somebody typed, to be shown again beside what was wrong with it. */
export type Typed = Partial<Record<string, string>>;

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

type FieldName = keyof RequestWords['fields'];
const isField = (name: string | null, words: RequestWords): name is FieldName =>
  name !== null && Object.hasOwn(words.fields, name);

/** All that is wrong, above the form, each leading to its field. */
function listProblems(problems: readonly FormProblem[], words: RequestWords): string {
  const [first] = problems;
  if (first === undefined) return '';
  const named = problems.filter(({ field }) => isField(field, words));
  if (named.length === 0)
    return `<p class="note wrong" role="alert" id="wrong">${escapeHtml(first.says)}</p>`;
  const lines = named.map(({ field, says }) => {
    const name = isField(field, words) ? words.fields[field].name : '';
    return `<li><a href="#f-${field}">${escapeHtml(`${name}：${says}`)}</a></li>`;
  });
  const intro = escapeHtml(words.correct(named.length));
  return `<div class="note wrong" role="alert" id="wrong"><p>${intro}</p><ul>${lines.join('')}</ul></div>`;
}

/** What was asked for, and why it was not found: beside the look-up, below the form that has nothing to do with it. */
interface LookUp {
  number: string;
  code: string;
  problem: FormProblem;
}

const hiddenLanguage = ({ tag }: RequestWords) =>
  `<input type="hidden" name="lang" value="${tag === 'en' ? 'en' : 'zh'}">`;

/** The address of the answer names the place, so that it is in sight where it comes back with a problem. */
function buildLookUp(failed: LookUp | null, words: RequestWords): string {
  const invalid = failed === null ? '' : ' aria-invalid="true" aria-describedby="wrong-look-up"';
  const wrong =
    failed === null
      ? ''
      : `<p class="note wrong" role="alert" id="wrong-look-up">${escapeHtml(failed.problem.says)}</p>`;
  return `<h2 id="look-up">${words.lookUp}</h2>
${wrong}
<form method="post" action="state#look-up" accept-charset="utf-8">${hiddenLanguage(words)}
<label>${words.number}<input name="number" required maxlength="40" autocomplete="off" placeholder="异议〔2026〕1号"${value(failed?.number)}${invalid}></label>
<label>${words.code}<input name="code" required maxlength="40" autocomplete="off"${value(failed?.code)}${invalid}></label>
<button type="submit">${words.ask}</button>
</form>`;
}

interface RequestForm {
  /** One form is one request, however often it is sent. */
  formId: string;
  typed: Typed;
  problems: readonly FormProblem[];
  lookUp?: LookUp;
}

/** One field with its hint and what is wrong with it; the first that is wrong has the keyboard. @param control markup for the attributes it is given */
function buildField(
  field: FieldName,
  { problems }: Pick<RequestForm, 'problems'>,
  words: RequestWords,
  control: (attributes: string) => string,
): string {
  const { name, hint } = words.fields[field];
  const problem = problems.find((one) => one.field === field);
  const isFirst = problem !== undefined && problem === problems.find((one) => isField(one.field, words));
  const invalid = problem === undefined ? '' : ` aria-invalid="true" aria-describedby="w-${field}"`;
  const attributes = `id="f-${field}" name="${field}"${invalid}${isFirst ? ' autofocus' : ''}`;
  const small = hint === undefined ? '' : `<small>${hint}</small>`;
  const wrong =
    problem === undefined ? '' : `<p class="says" id="w-${field}">${escapeHtml(problem.says)}</p>`;
  return `<div><label>${name}${small}${control(attributes)}</label>${wrong}</div>`;
}

/** Works without a script; no name is asked for. */
export function buildRequestPage(
  request: RequestForm,
  frame: Frame,
  links: readonly PageLink[],
  language: PublicLanguage = 'zh',
): string {
  const { formId, typed, problems, lookUp } = request;
  const words = requestWords[language];
  const field = (name: FieldName, control: (attributes: string) => string) =>
    buildField(name, request, words, control);
  const body = `<p class="screen"><a href="request?lang=${words.other.lang}" lang="${requestWords[words.other.lang].tag}">${words.other.name}</a></p>
${paragraph(words.intro)}
${listProblems(problems, words)}
<form method="post" action="request?send" accept-charset="utf-8"${problems.length > 0 ? ' novalidate' : ''}>
<input type="hidden" name="formId" value="${escapeHtml(formId)}">${hiddenLanguage(words)}
${field('wish', (a) => `<select ${a} required>${options(words.wishes, typed.wish)}</select>`)}
${field('platform', (a) => `<select ${a} required>${options(words.platforms, typed.platform)}</select>`)}
${field('link', (a) => `<input ${a} type="url" inputmode="url" maxlength="1000"${value(typed.link)}>`)}
${field('quote', (a) => `<textarea ${a} maxlength="500">${escapeHtml(typed.quote ?? '')}</textarea>`)}
${field('statement', (a) => `<textarea ${a} required minlength="5" maxlength="2000">${escapeHtml(typed.statement ?? '')}</textarea>`)}
${field('contact', (a) => `<input ${a} maxlength="100" autocomplete="off"${value(typed.contact)}>`)}
<label class="trap" aria-hidden="true">${words.trap}<input name="${trapField}" tabindex="-1" autocomplete="off"></label>
<button type="submit">${words.send}</button>
</form>
${buildLookUp(lookUp ?? null, words)}`;
  const { wrong, notFound } = words.titlePrefixes;
  const prefix = problems.length > 0 ? wrong : lookUp !== undefined ? notFound : '';
  return frameOf({ title: `${prefix}${words.title}`, body }, frame, links, words);
}

function frameOf(
  page: { title: string; body: string },
  { school, madeOn }: Frame,
  links: readonly PageLink[],
  words: RequestWords,
): string {
  const foot = words.tag === 'en' ? `Made on ${madeOn}.` : `${madeOn} 生成。`;
  return buildPage({ ...page, school, links, foot, language: { tag: words.tag, nav: words.nav } });
}

export function buildReceivedPage(
  { number, code, dueAt }: { number: string; code: string; dueAt: string },
  frame: Frame,
  links: readonly PageLink[],
  language: PublicLanguage = 'zh',
): string {
  const words = requestWords[language];
  const body = `<p role="status"><strong>${words.received}</strong>${words.tag === 'en' ? ' ' : ''}${words.keepCode}</p>
<p>${words.number}</p><p class="code">${escapeHtml(number)}</p>
<p>${words.code}</p><p class="code">${escapeHtml(code)}</p>
${paragraph(words.dueBy(shanghaiClock(dueAt).slice(0, 10)))}
${paragraph(words.howToAsk)}
<p class="screen"><a href="request?lang=${language}#look-up">${words.lookUp}</a></p>`;
  const title = words.received.replace(/[。.]$/, '');
  return frameOf({ title, body }, frame, links, words);
}

export function buildStatePage(
  state: RequestState,
  frame: Frame,
  links: readonly PageLink[],
  language: PublicLanguage = 'zh',
): string {
  const words = requestWords[language];
  const rows: [string, string][] = [
    [words.number, state.number],
    [words.rows.wish, words.wishes[state.wish]],
    [words.rows.received, shanghaiClock(state.receivedAt).slice(0, 10)],
    [words.rows.due, shanghaiClock(state.dueAt).slice(0, 10)],
    [words.rows.state, words.states[state.state]],
    ...(state.outcome === null
      ? []
      : ([[words.rows.outcome, words.outcomes[state.outcome]]] as [string, string][])),
  ];
  const answer =
    state.answer === null
      ? state.outcome === null
        ? ''
        : paragraph(words.answerErased)
      : `<h2>${words.answer}</h2>${state.answer.split('\n').map(paragraph).join('')}`;
  const body = `${buildTable(rows)}${answer}`;
  return frameOf({ title: language === 'en' ? words.lookUp : '办理情况', body }, frame, links, words);
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
