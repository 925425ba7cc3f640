import type {
  Declarations,
  DraftImage,
  DraftSource,
  Genre,
} from '../../../review-api/contract/draft-text.ts';

export const genreNames: readonly [Genre, string][] = [
  ['news', '新闻'],
  ['notice', '通知公告'],
  ['publicity', '公示'],
  ['recruiting', '招生、培训宣传'],
  ['statement', '声明、情况说明'],
  ['other', '其他'],
];

export const sourceNames: readonly [DraftSource['kind'], string][] = [
  ['original', '原创'],
  ['reprint', '转载'],
  ['compiled', '综合整理'],
];

export const aiNames: readonly [Declarations['ai']['use'], string][] = [
  ['none', '没有使用'],
  ['assisted', '辅助写作'],
  ['generated', '由人工智能生成'],
];

export const licenceNames: readonly [DraftImage['licence'], string][] = [
  ['unknown', '尚不清楚'],
  ['own', '本校拍摄、制作'],
  ['licensed', '已取得授权'],
  ['with-consent', '本人同意'],
  ['public-domain', '公有领域'],
];

/** For people: 860 KB, 1.2 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
