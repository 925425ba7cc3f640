import type { CheckLevel, EditorialCategory } from './check.ts';
import type { DraftState } from './draft.ts';
import type { DraftImage, DraftSource, Genre } from './draft-content.ts';
import type { DraftEvent } from './draft-move-command.ts';

/** What stands on paper, and in answers that a person reads. */
export const draftStateNames: Record<DraftState, string> = {
  draft: '起草中',
  'in-review': '审校中',
  approved: '已定稿',
  published: '已发布',
  archived: '已归档',
  returned: '已退回',
  rejected: '已否决',
  withdrawn: '已撤回',
  correcting: '更正中',
  recalled: '已撤稿',
};

export const genreNames: Record<Genre, string> = {
  news: '新闻',
  notice: '通知公告',
  publicity: '公示',
  recruiting: '招生、招聘宣传',
  statement: '声明、通报',
  other: '其他',
};

export const sourceNames: Record<DraftSource['kind'], string> = {
  original: '原创',
  reprint: '转载',
  compiled: '综合整理',
};

export const licenceNames: Record<DraftImage['licence'], string> = {
  own: '本校拍摄、制作',
  licensed: '已购授权',
  'public-domain': '无版权限制',
  'with-consent': '作者同意使用',
  unknown: '未说明',
};

export const checkCategoryNames: Record<EditorialCategory, string> = {
  typo: '错别字',
  punctuation: '标点',
  numeral: '数字用法',
  term: '规范用语',
  'title-order': '姓名、职务、排序',
  'personal-data': '个人信息',
  'secrecy-mark': '密级标志',
  'ad-absolute': '广告绝对化用语',
  link: '链接',
  date: '日期',
  source: '来源',
  'image-licence': '图片授权',
  'map-number': '审图号',
  'ai-label': '人工智能标识',
  accessibility: '无障碍',
  file: '文件',
};

export const checkLevelNames: Record<CheckLevel, string> = { block: '必须处理', warn: '提醒', info: '提示' };

export const draftEventNames: Record<DraftEvent['kind'], string> = {
  created: '新建',
  kept: '保存版本',
  submit: '送审',
  pass: '通过',
  return: '退回',
  reject: '否决',
  withdraw: '撤回',
  reopen: '重新修改',
  'ask-allowance': '申请放行',
  allow: '放行',
  'refuse-allowance': '不予放行',
  'record-offline': '登记线下签批',
  'confirm-offline': '确认线下签批',
  'deny-offline': '否认线下签批',
  'object-late': '补审不通过',
  'mark-published': '登记发布',
  'start-correction': '开始更正',
  'cancel-correction': '取消更正',
  'ask-recall': '申请撤稿',
  'mark-taken-down': '登记撤下',
  archive: '归档',
  discard: '弃稿',
};
