import { z } from 'zod';

/** Laws that may be named as a basis: a closed list, so that nobody acts on a mood. */
export const Statute = z.enum([
  'criminal-procedure',
  'supervision',
  'public-security-penalties',
  'cybersecurity',
  'data-security',
  'personal-information',
  'counter-terrorism',
  'counter-espionage',
  'civil-procedure',
  'administrative-procedure',
  'civil-code',
  'criminal',
  'telecom-fraud',
  'minors',
  'state-secrets',
]);
export type Statute = z.infer<typeof Statute>;

export const statuteNames: Record<Statute, string> = {
  'criminal-procedure': '刑事诉讼法',
  supervision: '监察法',
  'public-security-penalties': '治安管理处罚法',
  cybersecurity: '网络安全法',
  'data-security': '数据安全法',
  'personal-information': '个人信息保护法',
  'counter-terrorism': '反恐怖主义法',
  'counter-espionage': '反间谍法',
  'civil-procedure': '民事诉讼法',
  'administrative-procedure': '行政诉讼法',
  'civil-code': '民法典',
  criminal: '刑法',
  'telecom-fraud': '反电信网络诈骗法',
  minors: '未成年人保护法',
  'state-secrets': '保守国家秘密法',
};

const longestLaw = 1260;

/** A law and its article. */
export const LegalBasis = z.strictObject({ law: Statute, article: z.int().min(1).max(longestLaw) });
export type LegalBasis = z.infer<typeof LegalBasis>;

export function describeBasis({ law, article }: LegalBasis): string {
  return `《${statuteNames[law]}》第${article}条`;
}
