import { renderVsbFrame } from './vsb-layout.ts';

const paragraphs = [
  '为及时听取师生意见、发现校园安全隐患，沧澜师范学院党委宣传部对学校自有网站和账号上的公开文章与留言进行汇总研判。本告知说明收集什么、怎么用、保留多久。',
  '收集范围仅限学校登记在册的渠道。不收集发言人的昵称、头像、性别、地区和账号标识，不建立个人档案，不与学籍、人事信息比对。',
  '留言原文保留不超过90天，到期连同索引一并清除，只留下不含文字的统计。涉及身心安全的内容只转交心理中心和保卫处值班人员。',
  '对处理有异议的，可以书面或当面向党委宣传部网络信息科提出，十五个工作日内答复并说明理由，电话0300-5500216。',
];

/** The public notice on the gathering of comments, which the school's settings point to. */
export function renderVsbNotice(): string {
  return renderVsbFrame({
    title: '网络信息收集与处理告知-沧澜师范学院',
    keywords: '沧澜师范学院',
    metaCharset: 'UTF-8',
    root: '',
    head: '',
    content: `<h1 align="center">网络信息收集与处理告知</h1>\n${paragraphs.map((text) => `<p style="text-indent:2em">${text}</p>`).join('\n')}`,
  });
}
