import type { Declarations } from '../../../review-api/contract/draft-text.ts';

export const aiNames: Record<Declarations['ai']['use'], string> = {
  none: '没有使用',
  assisted: '辅助写作',
  generated: '由人工智能生成',
};

/** For people: 860 KB, 1.2 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
