import type { PublicFigures } from '../../pipeline/commands/public-figures.ts';
import type { PublishedCorrection } from '../../pipeline/commands/public-requests.ts';
import { escapeHtml } from '../../pipeline/domain/escape-html.ts';
import type { PublicNotice } from '../../pipeline/domain/public-notice.ts';
import { buildPage, buildTable, type PageLink, paragraph } from './page-frame.ts';
import type { PublicLanguage } from './request-words.ts';

/** The pages beside each other; another suffix where they lie as files. */
export function publicLinks(suffix: '' | '.html', language: PublicLanguage = 'zh'): PageLink[] {
  const isEnglish = language === 'en';
  return [
    { href: `notice${suffix}`, name: isEnglish ? 'Notice (Chinese)' : '公开告知' },
    isEnglish
      ? { href: 'request?lang=en', name: 'Objection and correction' }
      : { href: `request${suffix}`, name: '异议与更正' },
    { href: `corrections${suffix}`, name: isEnglish ? 'Corrections (Chinese)' : '更正公告' },
    { href: `figures${suffix}`, name: isEnglish ? 'Yearly figures (Chinese)' : '年度数据' },
  ];
}

export function buildNoticePage(notice: PublicNotice, links: readonly PageLink[]): string {
  const sections = notice.sections.map(
    ({ title, paragraphs, rows }) =>
      `<section><h2>${escapeHtml(title)}</h2>${paragraphs.map(paragraph).join('')}${buildTable(rows)}</section>`,
  );
  return buildPage({
    ...{ title: '网络信息监测公开告知', school: notice.school, links, body: sections.join('\n') },
    foot: `本页由正在运行的配置（第 ${notice.settingsVersion} 版）于 ${notice.madeOn} 生成。`,
  });
}

export function buildFiguresPage(
  figures: PublicFigures,
  { school, madeOn }: Pick<PublicNotice, 'school' | 'madeOn'>,
  links: readonly PageLink[],
): string {
  const body = [
    paragraph(
      '以下数字由办理记录重新计算得出。不设指标，不按单位排名；可能涉及具体个人的分项，不足 10 的不写明。',
    ),
    buildTable(figures.rows),
  ].join('\n');
  const title = `${figures.year} 年度数据`;
  return buildPage({ title, school, links, body, foot: `${madeOn} 生成。` });
}

export function buildCorrectionsPage(
  corrections: readonly PublishedCorrection[],
  { school, madeOn }: Pick<PublicNotice, 'school' | 'madeOn'>,
  links: readonly PageLink[],
): string {
  const items = corrections.map(({ number, on, text, link }) => {
    const where =
      link === null ? '' : `<p><a href="${escapeHtml(link)}" rel="noreferrer">查看更正后的内容</a></p>`;
    return `<section><h2>${escapeHtml(on)}　${escapeHtml(number)}</h2>${paragraph(text)}${where}</section>`;
  });
  const body = items.length === 0 ? paragraph('目前没有更正公告。') : items.join('\n');
  return buildPage({ title: '更正公告', school, links, body, foot: `${madeOn} 生成。` });
}
