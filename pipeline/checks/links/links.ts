import type { CheckFinding, CheckInput, CheckLevel, CheckPlace, Unchecked } from '../../domain/check.ts';
import type { LinkReport, LinkState } from '../../domain/link-report.ts';
import type { SchoolFacts } from '../../domain/school-facts.ts';
import type { CheckStage } from '../check-stage.ts';
import { questionKey } from '../text-stage.ts';
import { judgeLink, type LinkTrouble } from './judge-link.ts';

const name = 'links';
const version = '1';

/** Where an address stands in the draft. */
interface Link {
  href: string;
  /** What a reader sees of it. */
  shown: string;
  place: CheckPlace;
  called: string;
}

const longestShown = 80;

function linksOf({ body, links, images, source }: CheckInput): Link[] {
  const inBody = links.map(({ href, start, end }): Link => {
    const place = { part: 'body' as const, ref: null, start, end };
    return { href, shown: body.slice(start, end), place, called: '链接' };
  });
  const inCodes = images.flatMap(({ image, codes }) =>
    codes.map((href): Link => {
      const place = { part: 'form' as const, ref: `images.${image.hash}.codes`, start: 0, end: 0 };
      return { href, shown: '', place, called: `图片“${image.name}”里的二维码` };
    }),
  );
  if (source.url === null) return [...inBody, ...inCodes];
  const place = { part: 'form' as const, ref: 'source.url', start: 0, end: 0 };
  return [...inBody, ...inCodes, { href: source.url, shown: '', place, called: '原文链接' }];
}

const reportWords: Partial<Record<LinkState, { level: CheckLevel; rule: string; say: string }>> = {
  dead: { level: 'warn', rule: 'dead', say: '打不开' },
  certificate: { level: 'warn', rule: 'certificate', say: '的安全证书有问题，浏览器会拦住读者' },
  parked: { level: 'block', rule: 'parked', say: '的域名已经过期或在出售，内容不再由原来的单位负责' },
  moved: { level: 'info', rule: 'moved', say: '会转到另一个网站' },
};

function judgeReport({ state, detail }: LinkReport): LinkTrouble[] {
  const words = reportWords[state];
  if (words === undefined) return [];
  const message = `${words.say}${detail === null ? '' : `（${detail}）`}。`;
  return [{ level: words.level, rule: words.rule, message }];
}

const addressText = /^(?:https?:\/\/)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:[/:?#]|$)/i;
const bare = (host: string) => host.toLowerCase().replace(/^www\./, '');

/** The words are one address and lead to another. */
function judgeShown({ href, shown }: Link): LinkTrouble[] {
  const said = addressText.exec(shown.trim())?.[1];
  if (said === undefined || !/^https?:/i.test(href) || !URL.canParse(href)) return [];
  const host = bare(new URL(href).hostname);
  if (bare(said) === host || host.endsWith(`.${bare(said)}`)) return [];
  return [{ level: 'warn', rule: 'other-address', message: `写的是“${said}”，实际通往“${host}”，请核对。` }];
}

const vague =
  /^[【[（(]?(?:请)?(?:点击|点此|点这里|点击这里|点击此处|这里|此处|戳这里|戳我|详情|更多|链接|点击查看|查看详情|click here|here|more)[】\]）)]?[>》…。！!]*$/i;

function findVague(links: readonly Link[]): CheckFinding[] {
  return links
    .filter(({ place, shown }) => place.part === 'body' && vague.test(shown.trim()))
    .map(({ place, shown }) => ({
      category: 'accessibility',
      level: 'info',
      ...{ stage: name, rule: 'vague-text', version },
      place,
      text: shown,
      suggestion: null,
      message: `链接文字“${shown.trim()}”没有说明通往哪里，使用读屏软件的读者无法分辨；请写成所指内容的名称。`,
      key: questionKey(name, 'vague-text'),
    }));
}

function findTroubles(link: Link, reports: readonly LinkReport[], school: SchoolFacts): CheckFinding[] {
  const fetched = reports.filter(({ href }) => href === link.href).flatMap(judgeReport);
  return [...judgeLink(link.href, school.hosts), ...judgeShown(link), ...fetched].map(
    ({ rule, level, message }) => ({
      category: 'link',
      level,
      ...{ stage: name, rule, version },
      place: link.place,
      text: link.shown.slice(0, longestShown),
      suggestion: null,
      message: `${link.called}${message}`,
      key: questionKey(name, rule, link.href),
    }),
  );
}

const unclear: readonly LinkState[] = ['unsure', 'refused'];

function tellUnchecked(links: readonly Link[], reports: readonly LinkReport[]): Unchecked[] {
  const onWeb = [...new Set(links.map(({ href }) => href).filter((href) => /^https?:/i.test(href)))];
  const known = new Map(reports.map((report) => [report.href, report]));
  const waiting = onWeb.filter((href) => !known.has(href)).length;
  const pending = { stage: name, part: null, reason: `${waiting} 个链接还没有检测能否打开，稍后再检查一次` };
  const unsure = onWeb.flatMap((href): Unchecked[] => {
    const report = known.get(href);
    if (report === undefined || !unclear.includes(report.state)) return [];
    const reason = `链接 ${href.slice(0, longestShown)} 没有检测：${report.detail ?? '没有回应'}`;
    return [{ stage: name, part: null, reason }];
  });
  return waiting === 0 ? unsure : [pending, ...unsure];
}

/** Where a draft leads its readers: by the address alone, and by what came of asking for it. */
export function buildLinksStage(school: SchoolFacts): CheckStage {
  return {
    name,
    version,
    run: (input) => {
      const links = linksOf(input);
      return {
        findings: [
          ...links.flatMap((link) => findTroubles(link, input.linkReports, school)),
          ...findVague(links),
        ],
        unchecked: tellUnchecked(links, input.linkReports),
      };
    },
  };
}
