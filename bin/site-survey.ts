import { openEgress } from '../crawlers/fetch/egress.ts';
import { NetworkFailure } from '../crawlers/fetch/network-failure.ts';
import { propose } from '../crawlers/propose/propose.ts';
import { type SiteSurvey, surveySite } from '../crawlers/propose/survey-site.ts';
import { ChannelKind } from '../pipeline/domain/channel.ts';
import { InvalidInput, NotPermitted, Permanent, RetryLater } from '../pipeline/domain/errors.ts';
import { isSharedPlace } from '../pipeline/domain/own-places.ts';
import type { Clock } from '../pipeline/ports/clock.ts';
import type { EgressProxy } from '../pipeline/ports/egress.ts';
import type { SiteFindings } from '../review-api/contract/guide.ts';

/** Below the home page: at the pace of one request a second, a person waits for them. */
const maxPages = 12;
const sampleShown = 8;
const othersShown = 12;
const busyMs = 5000;
const limitMs = 60_000;

interface SurveyContext {
  clock: Pick<Clock, 'now'>;
  proxy?: EgressProxy | null;
}

/**
 * Reads a home page and what it leads to, one site at a time, with a way out of its own that is closed again.
 * @param privateAddress whether a site in the internal network may be asked for: then whoever may survey reaches every host in it
 */
export function openSiteSurvey(context: SurveyContext, { privateAddress = false } = {}) {
  let isBusy = false;
  return {
    privateAddress,
    /** @throws InvalidInput (`address`) where nothing can be read there; RetryLater while another is under way */
    async survey(address: string, signal: AbortSignal): Promise<Omit<SiteFindings, 'registeredAs'>> {
      if (isSharedPlace(new URL(address).host)) {
        const hint = '微博、公众号等平台账号请按各自的渠道类型登记。';
        throw new InvalidInput('address', '这是公共平台的网址，不是学校自己的网站。', hint);
      }
      if (isBusy) throw new RetryLater(busyMs, '正在读取另一个网站，请稍后再试。');
      isBusy = true;
      const { clock, proxy = null } = context;
      const egress = openEgress({ clock, proxy });
      try {
        const limited = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
        const asked = { egress, now: clock.now(), privateAddress, maxPages, signal: limited };
        const survey = await surveySite(address, { ...asked, onPage: () => {} });
        return presentSurvey(survey, privateAddress);
      } catch (error) {
        signal.throwIfAborted();
        throw unreadable(error);
      } finally {
        isBusy = false;
        await egress.close();
      }
    },
  };
}

function unreadable(error: unknown): unknown {
  const hint = '请核对网址，能在浏览器里打开的首页地址最好。';
  if (error instanceof NotPermitted) {
    const words = '这个网址不能读取：网站的 robots.txt 不允许，或地址在内网。';
    return new InvalidInput('address', words, '内网网站请由运维人员写入渠道配置（channels.yaml）。');
  }
  if (error instanceof NetworkFailure) return new InvalidInput('address', '这个网址打不开。', hint);
  if (error instanceof Permanent) return new InvalidInput('address', '这个网址上没有可读的首页。', hint);
  if (error instanceof RetryLater) return new RetryLater(error.delayMs, '网站暂时不让读取，请稍后再试。');
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new InvalidInput('address', '网站回答太慢，一分钟内没有读完。', '请稍后再试。');
  }
  return error;
}

function presentSurvey(survey: SiteSurvey, privateAddress: boolean): Omit<SiteFindings, 'registeredAs'> {
  const { home, pages, troubles } = survey;
  const { school, channels } = propose(survey, { privateAddress });
  const columns = pages.filter(({ parsed }) => parsed.role === 'list' && parsed.items.length > 0);
  const items = [home, ...columns].flatMap(({ parsed }) => parsed.items);
  // One article stands in several columns, each time at an address of its own.
  const newest = [...new Map(items.map((item) => [`${item.title} ${item.publishedAt}`, item])).values()].sort(
    (a, b) => (b.publishedAt ?? '').localeCompare(a.publishedAt ?? ''),
  );
  return {
    address: home.url,
    school,
    system: home.facts.system ?? pages.find(({ facts }) => facts.system !== null)?.facts.system ?? null,
    columns: [...new Map(columns.map((page) => [page.url, page])).values()]
      .filter(({ url }) => new URL(url).host === new URL(home.url).host && url !== home.url)
      .map(({ url, name, parsed }) => ({ url, name, items: parsed.items.length })),
    sample: newest.slice(0, sampleShown).map(({ title, publishedAt, url }) => ({ title, publishedAt, url })),
    others: channels.slice(1, 1 + othersShown).map(({ fields }) => ({
      name: String(fields.name),
      kind: ChannelKind.parse(fields.kind),
    })),
    pagesRead: 1 + pages.length,
    troubles: troubles.length,
  };
}
