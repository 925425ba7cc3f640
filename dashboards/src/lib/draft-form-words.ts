import type { Declarations } from '../../../review-api/contract/draft-text.ts';
import { t } from '../i18n/t.ts';

export const aiNames: Record<Declarations['ai']['use'], string> = {
  none: t('draft-words.aiNone'),
  assisted: t('draft-words.aiAssisted'),
  generated: t('draft-words.aiGenerated'),
};

/** For people: 860 KB, 1.2 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
