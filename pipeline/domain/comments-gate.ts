import type { Governance } from './channel.ts';
import { daysBetween } from './time.ts';

const needs = {
  assessment: { says: 'an impact assessment', words: '个人信息保护影响评估' },
  'assessment-signed': {
    says: 'an impact assessment that is signed already',
    words: '已经签署的个人信息保护影响评估',
  },
  'assessment-unexpired': {
    says: 'an unexpired impact assessment',
    words: '在有效期内的个人信息保护影响评估',
  },
  controller: { says: 'a named controller', words: '个人信息处理者' },
  reviewer: { says: 'a named independent reviewer', words: '独立监督' },
  'reviewer-independent': {
    says: 'an independent reviewer who is not the controller',
    words: '与个人信息处理者不同的独立监督',
  },
  notice: { says: 'the address of the public notice', words: '公开告知的网址' },
} as const;
type CommentsNeed = keyof typeof needs;

/** `endsOn`: the last day on which comments are gathered. */
export type CommentsGate = { open: true; endsOn: string } | { open: false; missing: CommentsNeed[] };

function findAssessmentNeed(governance: Governance | null, today: string): CommentsNeed | null {
  const assessment = governance?.impactAssessment ?? null;
  if (assessment === null) return 'assessment';
  if (assessment.signedOn > today) return 'assessment-signed';
  return assessment.expiresOn < today ? 'assessment-unexpired' : null;
}

/**
 * Comments are gathered only while somebody answers for it (R21). Articles, statuses, the watch over sites and drafts need none of
 * this.
 * @param today YYYY-MM-DD in Shanghai; the assessment holds until the end of its last day
 */
export function commentsGate(governance: Governance | null, today: string): CommentsGate {
  const { controller, independentReviewer, noticeUrl, impactAssessment } = governance ?? {};
  const missing: CommentsNeed[] = [];
  const assessment = findAssessmentNeed(governance, today);
  if (assessment !== null) missing.push(assessment);
  if (!controller) missing.push('controller');
  if (!independentReviewer) missing.push('reviewer');
  else if (independentReviewer.trim() === controller?.trim()) missing.push('reviewer-independent');
  if (!noticeUrl) missing.push('notice');
  if (missing.length > 0 || !impactAssessment) return { open: false, missing };
  return { open: true, endsOn: impactAssessment.expiresOn };
}

/** As staff read it, in both languages. */
export const missingNeeds = (missing: readonly CommentsNeed[]): { words: string; says: string }[] =>
  missing.map((need) => ({ words: needs[need].words, says: needs[need].says }));

/** As staff read it. */
const missingWords = (missing: readonly CommentsNeed[]): string[] => missing.map((need) => needs[need].words);

/** Why no comments are gathered, for a run's record; null while they are. */
export function whyCommentsOff(governance: Governance | null, today: string): string | null {
  const gate = commentsGate(governance, today);
  if (gate.open) return null;
  const expired = governance?.impactAssessment?.expiresOn;
  const missing = gate.missing.map((need) =>
    need === 'assessment-unexpired' ? `${needs[need].says} (it expired on ${expired})` : needs[need].says,
  );
  return `comments are not gathered: missing ${missing.join(', ')} (config/governance.yaml)`;
}

/** Days before the last one, from which somebody is told. */
const reminderDays = [7, 30, 60] as const;

export interface GovernanceReminder {
  code: `assessment-ends-${(typeof reminderDays)[number]}` | 'comments-off';
  /** Of the last day; null while comments are not gathered. */
  daysLeft: number | null;
  /** As staff read it. */
  words: string;
  /** For logs and commands. */
  says: string;
}

/** What the office should be told today about its right to gather comments; nothing while all is well for more than 60 days. */
export function governanceReminders(governance: Governance | null, today: string): GovernanceReminder[] {
  const gate = commentsGate(governance, today);
  if (!gate.open) {
    const missing = missingWords(gate.missing).join('、');
    const words = `评论已停止采集：缺少${missing}。文章、官方微博、网站监测和稿件审校不受影响。请在治理配置（config/governance.yaml）中补齐。`;
    const says = whyCommentsOff(governance, today) ?? '';
    return [{ code: 'comments-off', daysLeft: null, words, says }];
  }
  const daysLeft = daysBetween(today, gate.endsOn);
  const stage = reminderDays.find((days) => daysLeft <= days);
  if (stage === undefined) return [];
  const left = daysLeft === 0 ? '今天是最后一天' : `还有 ${daysLeft} 天`;
  const words = `个人信息保护影响评估 ${gate.endsOn} 到期（${left}），到期后评论停止采集。请完成新一期评估并签署，更新治理配置（config/governance.yaml）。`;
  const says = `comments may be gathered until ${gate.endsOn}, ${daysLeft} more days: renew the impact assessment (config/governance.yaml)`;
  return [{ code: `assessment-ends-${stage}`, daysLeft, words, says }];
}
