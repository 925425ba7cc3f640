import { Channel, Unit } from '../../pipeline/domain/channel.ts';
import { type FoundAccount, findAccounts } from './find-accounts.ts';
import { type FoundUnit, findUnits, Ids, isUnitName } from './find-units.ts';
import type { PageLink } from './page-links.ts';
import { domainOf, isOfDomain, labelOf } from './school-domain.ts';
import type { SiteSurvey, SurveyedPage } from './survey-site.ts';

/** One entry of a seed file, with what a person must look at before it is used. */
interface ProposedEntry {
  /** As a file writes them: without what is the default. */
  fields: Record<string, unknown>;
  remarks: string[];
  /** Beside the items of lists, by field. */
  itemRemarks?: Record<string, string[]>;
}

export interface Proposal {
  school: string;
  channels: ProposedEntry[];
  units: ProposedEntry[];
  /** What was seen and could not be proposed. */
  notes: string[];
}

const publicity = /宣传部|宣传统战部|新闻中心$/;
const mostSubSites = 80;
const mostAccounts = 12;
/** Hosts of the school that are no sites to be read: services behind a login, and mirrors. */
const services =
  /^(?:e?mail|exmail|vpn|webvpn|ssl-?vpn|sso|cas|ids|auth\w*|passport|login|my|i|portal|oa|e-?hall|ehall|jwgl|jwxt|jwglxt|urp|zhjw|e?card|ykt|pay|cwcx|vod|live|ftp|mirrors?|git|search|opac|zsxt|yjsxt|dean)$/;

const platformNames: Record<FoundAccount['platform'], string> = {
  weibo: '微博',
  wechat: '微信公众号',
  bilibili: 'B站',
  douyin: '抖音',
  kuaishou: '快手',
  xiaohongshu: '小红书',
  toutiao: '今日头条',
};

/** The piece of a page's title that names a school. */
function schoolNameOf(title: string): string {
  const pieces = title
    .split(/[-_|—–·>\s]+/)
    .map((piece) =>
      piece.replace(
        /^(?:欢迎(?:来到|访问|光临)|首页)|(?:首页|主页|官网|官方网站|网站|门户网?|欢迎您?!?)$/g,
        '',
      ),
    )
    .filter((piece) => piece !== '');
  return pieces.find((piece) => /(?:大学|学院|学校|中学)$/.test(piece)) ?? pieces[0] ?? '（学校名称）';
}

interface Work {
  survey: SiteSurvey;
  domain: string;
  privateAddress: boolean;
  ids: { channels: Ids; units: Ids };
  units: Map<string, FoundUnit>;
  publicityId: string;
}

function collectUnits(survey: SiteSurvey, domain: string, ids: Ids): Map<string, FoundUnit> {
  const known = new Map<string, FoundUnit>();
  const label = (url: URL) =>
    isOfDomain(url, domain) && url.host !== new URL(survey.home.url).host ? labelOf(url, domain) : null;
  for (const { facts } of survey.pages.filter(({ listsUnits }) => listsUnits)) {
    findUnits(facts.links, { ids, labelOf: label, known });
  }
  // A school may list them on its home page alone.
  findUnits(survey.home.facts.links, { ids, labelOf: label, known });
  return known;
}

function mainSite({ survey, privateAddress, ids, publicityId }: Work, school: string): ProposedEntry {
  const { home, pages } = survey;
  const { host } = new URL(home.url);
  const columns = pages.filter(({ parsed }) => parsed.role === 'list' && parsed.items.length > 0);
  const urls = [...new Map([home, ...columns].map((page) => [page.url, page])).values()];
  return {
    fields: {
      id: ids.channels.take('main-site'),
      kind: 'site',
      name: `${school}官网`,
      unit: publicityId,
      startUrls: urls.map(({ url }) => url),
      allow: [{ host, paths: ['/'] }],
      ...(privateAddress ? { privateAddress: true } : {}),
    },
    remarks: [
      'Its columns are found from the home page; those below were seen to be lists, and are read in every run.',
    ],
    itemRemarks: { startUrls: urls.map((page) => (page === home ? '首页' : rowRemark(page))) },
  };
}

function rowRemark({ name, parsed }: SurveyedPage): string {
  const dated = parsed.items.filter(({ publishedAt }) => publishedAt !== null).length;
  return dated * 2 >= parsed.items.length ? name : `${name}: its rows show no dates`;
}

function allLinks({ home, pages }: SiteSurvey): PageLink[] {
  return [home, ...pages].flatMap(({ facts }) => facts.links);
}

/** Of the links to a host, the one that looks most like its home page. */
function subSiteLinks({ survey, domain }: Work): Map<string, PageLink> {
  const own = new URL(survey.home.url).host.replace(/^www\./, '');
  const hosts = new Map<string, PageLink>();
  for (const link of allLinks(survey)) {
    const url = new URL(link.url);
    if (!isOfDomain(url, domain) || url.host.replace(/^www\./, '') === own) continue;
    const known = hosts.get(url.host);
    if (known === undefined || scoreOf(link) > scoreOf(known)) hosts.set(url.host, link);
  }
  return hosts;
}

function scoreOf({ url, text }: PageLink): number {
  const isRoot = /^\/(?:(?:index|main|default)\.\w+)?$/i.test(new URL(url).pathname);
  return (isRoot ? 4 : 0) + (isUnitName(text) ? 2 : 0) + (text !== '' && text.length <= 16 ? 1 : 0);
}

function subSites(work: Work, notes: string[]): ProposedEntry[] {
  const { domain, ids, units, privateAddress, publicityId } = work;
  const entries: ProposedEntry[] = [];
  const left: string[] = [];
  for (const [host, link] of subSiteLinks(work)) {
    const url = new URL(link.url);
    const label = labelOf(url, domain) ?? 'site';
    if (services.test(label) || entries.length >= mostSubSites) {
      left.push(host);
      continue;
    }
    const isRoot = scoreOf(link) >= 4;
    const unit = [...units.values()].find((one) => one.url !== null && new URL(one.url).host === host);
    const isNamed = isRoot && link.text !== '';
    entries.push({
      fields: {
        id: ids.channels.take(label),
        kind: 'site',
        name: unit?.name ?? (isNamed ? link.text : host),
        unit: unit?.id ?? publicityId,
        startUrls: [isRoot ? link.url : `${url.origin}/`],
        allow: [{ host, paths: ['/'] }],
        ...(privateAddress ? { privateAddress: true } : {}),
      },
      remarks: [
        ...(unit === undefined ? ['Which unit answers for it?'] : []),
        ...(unit === undefined && !isNamed ? ['What is it called?'] : []),
      ],
    });
  }
  if (left.length > 0)
    notes.push(`Hosts left out, as services with a login or as too many: ${left.join(', ')}`);
  return entries;
}

function accountEntry(
  account: FoundAccount,
  { school, work }: { school: string; work: Work },
): ProposedEntry | null {
  const { platform, id, url } = account;
  const name = `${school}${platformNames[platform]}`;
  const common = { name, unit: work.publicityId };
  const check = `Seen as ${url}. Is it the school's own account?`;
  if (platform === 'weibo') {
    if (id === null) return null;
    return {
      fields: {
        id: work.ids.channels.take('weibo'),
        kind: 'weibo',
        ...common,
        uid: id,
        door: 'open-platform',
      },
      remarks: [
        check,
        'door: open-platform needs the app and the token of the account; else mobile or import.',
      ],
    };
  }
  if (platform === 'wechat') {
    if (id === null) return null;
    return {
      fields: { id: work.ids.channels.take('wechat'), kind: 'wechat', ...common, biz: id },
      remarks: [
        "From the address of an article that the site links to; such articles may be others' too. Is it the school's own account?",
        "Add appId (from the account's developer page) for its official interface.",
      ],
    };
  }
  return {
    fields: {
      id: work.ids.channels.take(platform),
      kind: 'manual',
      ...common,
      platform: platformNames[platform],
    },
    remarks: [check, 'Registered and reviewed for; not crawled.'],
  };
}

function accounts(work: Work, school: string, notes: string[]): ProposedEntry[] {
  const found = findAccounts(allLinks(work.survey));
  const entries: ProposedEntry[] = [];
  for (const account of found) {
    const entry = entries.length < mostAccounts ? accountEntry(account, { school, work }) : null;
    if (entry !== null) entries.push(entry);
    else notes.push(`${platformNames[account.platform]}: ${account.url} (${whyNot(account)})`);
  }
  return entries;
}

function whyNot({ platform, id }: FoundAccount): string {
  if (id !== null) return 'one of too many';
  return platform === 'weibo'
    ? 'open it and take the number from the address of its profile, weibo.com/u/…'
    : 'a short address: open the article and take what stands after __biz=';
}

function feeds({ survey, domain, ids, publicityId, privateAddress }: Work): ProposedEntry[] {
  const declared = new Map(
    [survey.home, ...survey.pages].flatMap(({ facts }) => facts.feeds.map((feed) => [feed.url, feed])),
  );
  return [...declared.values()]
    .filter(({ url }) => isOfDomain(new URL(url), domain))
    .map(({ url, title }) => ({
      fields: {
        id: ids.channels.take('feed'),
        kind: 'feed',
        name: title === '' ? 'RSS' : title,
        unit: publicityId,
        feed: { from: 'own', url },
        ...(privateAddress ? { privateAddress: true } : {}),
      },
      remarks: ['Needed only where it holds what the site itself does not.'],
    }));
}

function publicityUnit(units: Map<string, FoundUnit>, ids: Ids): { id: string; entry: ProposedEntry | null } {
  const found = [...units.values()].find(({ name }) => publicity.test(name));
  if (found !== undefined) return { id: found.id, entry: null };
  const id = ids.take('publicity');
  return {
    id,
    entry: {
      fields: { id, name: '党委宣传部' },
      remarks: ['Not found on the site, and needed: the channels name it.'],
    },
  };
}

/**
 * What a school's site says of itself, as entries of channels.yaml and units.yaml. Every channel is `not-connected`: nothing is
 * crawled before a person has looked.
 */
export function propose(survey: SiteSurvey, { privateAddress }: { privateAddress: boolean }): Proposal {
  const domain = domainOf(new URL(survey.home.url).hostname);
  const ids = { channels: new Ids(), units: new Ids() };
  const school = schoolNameOf(survey.home.name);
  const units = collectUnits(survey, domain, ids.units);
  const own = publicityUnit(units, ids.units);
  const work: Work = { survey, domain, privateAddress, ids, units, publicityId: own.id };
  const notes = survey.troubles.map(({ url, reason }) => `Not read: ${url} (${reason})`);
  if (survey.leftOut > 0)
    notes.push(`${survey.leftOut} further links of the home page were not looked at (--pages)`);
  const channels = [
    mainSite(work, school),
    ...subSites(work, notes),
    ...feeds(work),
    ...accounts(work, school, notes),
  ].map((entry) => ({ ...entry, fields: { ...entry.fields, state: 'not-connected' } }));
  const unitEntries: ProposedEntry[] = [...units.values()].map(({ id, name }) => ({
    fields: { id, name },
    remarks: [],
  }));
  const proposal = {
    school,
    channels,
    units: own.entry === null ? unitEntries : [own.entry, ...unitEntries],
    notes,
  };
  assertUsable(proposal);
  return proposal;
}

/** A proposal that the configuration would refuse is a fault of the program. */
function assertUsable({ channels, units }: Proposal): void {
  for (const { fields } of channels) Channel.parse(fields);
  for (const { fields } of units) Unit.parse(fields);
}
