import type { Finding, Verdict } from '../domain/verdict.ts';

export interface RuleHit {
  ruleId: string;
  ruleVersion: string;
  /** Of a rule on trial. */
  shadow: boolean;
}

/** The rules that hit, each once however often: a count of posts, not of words. Text-free. */
export function ruleHitsOf({ findings, shadow = [] }: Pick<Verdict, 'findings' | 'shadow'>): RuleHit[] {
  if (findings.length === 0 && shadow.length === 0) return [];
  const hits = new Map<string, RuleHit>();
  const add = (finding: Finding, onTrial: boolean) => {
    if (finding.source !== 'rule' || hits.has(finding.id)) return;
    hits.set(finding.id, { ruleId: finding.id, ruleVersion: finding.version, shadow: onTrial });
  };
  for (const finding of findings) add(finding, false);
  for (const finding of shadow) add(finding, true);
  return [...hits.values()];
}
