import type { CollectedReply, HelpReleaseView } from '../../../review-api/contract/help-release.ts';
import type { ReplyView } from '../../../review-api/contract/reply.ts';
import type { AnswerDetail, AnswerHint, AnswerSummary } from '../../../review-api/contract/stock-answer.ts';

/** What the office reads for the codes of stock answers and replies. */
export const answerKindLabels: Record<AnswerSummary['kind'], string> = {
  service: '服务答复',
  statement: '学校表态',
  help: '求助指引',
};

export const answerStateLabels: Record<AnswerSummary['state'], string> = {
  draft: '草稿',
  'in-review': '送审中',
  approved: '已批准',
  retired: '已停用',
};

export const stepLabels: Record<AnswerDetail['may']['steps'][number], string> = {
  submit: '送审',
  withdraw: '撤回送审',
  check: '号码已拨打核对',
};

export const rulingLabels: Record<AnswerDetail['may']['rulings'][number], string> = {
  approve: '批准',
  return: '退回修改',
  retire: '停用',
};

export const hintLabels: Record<AnswerHint, string> = {
  mobile: '里面像是有手机号码：办公电话可以公开，私人号码不要写。',
  'identity-number': '里面像是有身份证号码，请删去。',
  mention: '里面有 @某人，保存时会遮盖成 @…。',
  placeholder: '还有没填写的空（【…】），补全后才能批准。',
};

export const channelKindLabels: Record<'site' | 'weibo' | 'wechat' | 'feed' | 'manual', string> = {
  site: '网站',
  weibo: '微博',
  wechat: '公众号',
  feed: '订阅源',
  manual: '其他平台',
};

export const replyStateLabels: Record<ReplyView['state'], string> = {
  draft: '草稿',
  ready: '待发布',
  posted: '已由官方账号发布',
};

export const releaseStateLabels: Record<HelpReleaseView['state'], string> = {
  proposed: '等另一位值班人员复核',
  released: '已交发布人',
  posted: '已发布',
  declined: '不能发布',
  withdrawn: '已撤回',
};

export const collectedStateLabels: Record<CollectedReply['state'], string> = {
  released: '待发布',
  posted: '已发布',
  declined: '不能发布',
};

export interface StandingWords {
  text: string;
  tone: 'good' | 'near' | 'late' | 'quiet';
}

/** How an answer stands today, in a few characters. */
export function describeStanding({
  standing,
  state,
}: Pick<AnswerSummary, 'standing' | 'state'>): StandingWords {
  const { validity, daysLeft, renewal } = standing;
  if (validity === 'expired') return { text: '已过期', tone: 'late' };
  if (validity === 'coming') return { text: '未到生效日', tone: 'quiet' };
  if (validity === 'none')
    return { text: state === 'retired' ? '已停用' : '还没有批准的版本', tone: 'quiet' };
  if (daysLeft === 0) return { text: '今天到期', tone: 'late' };
  if (renewal !== null) return { text: `还有 ${daysLeft} 天到期`, tone: 'near' };
  return { text: '有效', tone: 'good' };
}

/** Of the check of numbers in a help text; null where nothing has to be said. */
export function describeCheck(one: Pick<AnswerSummary, 'standing' | 'checkedOn'>): StandingWords | null {
  if (one.standing.check === 'not-needed') return null;
  if (one.checkedOn === null) return { text: '号码还没有核对过', tone: 'late' };
  if (one.standing.check === 'overdue')
    return { text: `号码逾期未核对（上次 ${one.checkedOn}）`, tone: 'late' };
  return { text: `号码 ${one.checkedOn} 核对过`, tone: 'good' };
}
