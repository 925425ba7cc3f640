import {
  answerWorkingDays,
  type PublicOutcome,
  type PublicState,
  type PublicWish,
  publicWishNames,
} from '../../pipeline/domain/public-request.ts';

/** The form is for whoever comments on the school's channels, and some of them read no Chinese. */
export type PublicLanguage = 'zh' | 'en';

type FieldName = 'wish' | 'platform' | 'link' | 'quote' | 'statement' | 'contact';
type Platform = 'weibo' | 'wechat' | 'site' | 'other';

export interface RequestWords {
  tag: 'zh-CN' | 'en';
  title: string;
  titlePrefixes: { wrong: string; notFound: string };
  other: { name: string; lang: PublicLanguage };
  intro: string;
  fields: Record<FieldName, { name: string; hint?: string }>;
  wishes: Record<PublicWish, string>;
  platforms: Record<Platform, string>;
  trap: string;
  send: string;
  /** What stands above the fields when some of them are wrong. */
  correct: (count: number) => string;
  received: string;
  keepCode: string;
  number: string;
  code: string;
  dueBy: (day: string) => string;
  howToAsk: string;
  lookUp: string;
  ask: string;
  rows: { wish: string; received: string; due: string; state: string; outcome: string };
  states: Record<PublicState, string>;
  outcomes: Record<PublicOutcome, string>;
  answer: string;
  answerErased: string;
  /** Too often from here, or too much of everybody. */
  wait: (minutes: number) => string;
  alreadySent: string;
  nav: string;
}

const zh: RequestWords = {
  tag: 'zh-CN',
  title: '异议与更正',
  titlePrefixes: { wrong: '请更正后再提交 · ', notFound: '查询未成功 · ' },
  other: { name: 'English', lang: 'en' },
  intro: `不需要登录，不需要提供姓名、证件或账号。${answerWorkingDays} 个工作日内答复并说明理由。`,
  fields: {
    wish: { name: '您的要求' },
    platform: { name: '内容在哪个平台' },
    link: { name: '网址', hint: '那一条内容或它所在文章的地址；不要填个人主页' },
    quote: { name: '原话和大致时间', hint: '没有单独网址的评论，请抄下原话，写明大约什么时候发的' },
    statement: { name: '说明' },
    contact: {
      name: '联系方式（可以不填）',
      hint: '只用于寄送答复，密封保存，办结 30 天后清除；不填也可以凭编号和查询码查看答复',
    },
  },
  wishes: publicWishNames,
  platforms: { weibo: '微博', wechat: '微信公众号', site: '学校网站', other: '其他' },
  trap: '请勿填写',
  send: '提交',
  correct: (count) => `有 ${count} 处需要更正，您填写的内容都还在：`,
  received: '已收到。',
  keepCode: '请记下编号和查询码（可以截图或打印本页），查询码只显示这一次。',
  number: '编号',
  code: '查询码',
  dueBy: (day) => `最迟 ${day} 答复。`,
  howToAsk: '凭编号和查询码，随时可以在“查询办理情况”里看到办到哪一步和答复全文，不需要登录。',
  lookUp: '查询办理情况',
  ask: '查询',
  rows: { wish: '要求', received: '收到', due: '最迟答复', state: '状态', outcome: '结果' },
  states: { received: '办理中', answered: '已答复', closed: '已办结' },
  outcomes: { granted: '同意并已办理', partly: '部分同意', refused: '未同意' },
  answer: '答复',
  answerErased: '答复全文已按保存期限清除。',
  wait: (minutes) =>
    `现在提交的次数过多。您填写的内容都还在，请不要关闭本页，约 ${minutes} 分钟后再试；也可以按公开告知里的联系方式打电话或来信。`,
  alreadySent: '这份表单已经提交过，请重新打开页面。',
  nav: '公开页面',
};

const en: RequestWords = {
  tag: 'en',
  title: 'Objection and correction',
  titlePrefixes: { wrong: 'Please correct and send again · ', notFound: 'Not found · ' },
  other: { name: '中文', lang: 'zh' },
  intro: `No login, name, identity document or account is needed. You get an answer with reasons within ${answerWorkingDays} working days. Staff answer in Chinese; you may write in English.`,
  fields: {
    wish: { name: 'What you ask for' },
    platform: { name: 'Where the content is' },
    link: { name: 'Address', hint: 'Of the item or of the article it stands under; not of a personal page' },
    quote: {
      name: 'Its words and about when',
      hint: 'For a comment without an address of its own, copy its words and say about when it was posted',
    },
    statement: { name: 'Explanation' },
    contact: {
      name: 'Contact (optional)',
      hint: 'Used only to send the answer, kept sealed, erased 30 days after closing; without it the number and the code show you the answer',
    },
  },
  wishes: {
    'wrong-reading': 'My comment was misread or answered wrongly',
    erase: 'Erase my comment from this system',
    object: 'Do not process what I write any more',
    'correct-ours': 'Something the school published is wrong: correct it',
  },
  platforms: { weibo: 'Weibo', wechat: 'WeChat official account', site: 'School web site', other: 'Other' },
  trap: 'Leave empty',
  send: 'Send',
  correct: (count) =>
    `${count === 1 ? 'One field has' : `${count} fields have`} to be corrected; what you typed is still there:`,
  received: 'Received.',
  keepCode: 'Note the number and the code, or print this page: the code is shown this once.',
  number: 'Number',
  code: 'Code',
  dueBy: (day) => `You will have an answer by ${day}.`,
  howToAsk:
    'With the number and the code you can see at any time where it stands and read the answer, without a login.',
  lookUp: 'Where does it stand?',
  ask: 'Look up',
  rows: {
    ...{ wish: 'Asked for', received: 'Received', due: 'Answer due', state: 'State', outcome: 'Outcome' },
  },
  states: { received: 'In progress', answered: 'Answered', closed: 'Closed' },
  outcomes: { granted: 'Granted and done', partly: 'Granted in part', refused: 'Refused' },
  answer: 'Answer',
  answerErased: 'The text of the answer was erased at the end of its retention.',
  wait: (minutes) =>
    `Too many requests at the moment. What you typed is still there: keep this page open and try again in about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, or phone or write; the notice says where.`,
  alreadySent: 'This form was sent before; open the page anew.',
  nav: 'Public pages',
};

export const requestWords: Record<PublicLanguage, RequestWords> = { zh, en };

/** What is wrong with a field, for who reads no Chinese: the schema speaks Chinese alone. */
export const englishProblems: Record<string, string> = {
  link: 'give the full address of the item or article, not that of a personal page',
  quote:
    'give either an address, or the words of the comment and about when it was posted (500 characters at most)',
  statement: 'write between 5 and 2,000 characters',
  contact: '100 characters at most',
  wish: 'choose one of the list',
  platform: 'choose one of the list',
  form: 'please check what you typed and send again',
};
