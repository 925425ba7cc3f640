import type { Channel } from '../domain/channel.ts';
import { channelKindName, channelStateNames, platformName } from '../domain/channel-names.ts';
import { reviewDueOn } from '../domain/register.ts';
import type { Settings } from '../domain/settings.ts';
import { writeCsv } from './write-csv.ts';

const columns: readonly (readonly [string, (channel: Channel, settings: Settings) => string | undefined])[] =
  [
    ['编号', ({ id }) => id],
    ['名称', ({ name }) => name],
    ['类型', ({ kind }) => channelKindName(kind)],
    ['平台', (one) => platformName(one.kind, one.kind === 'manual' ? one.platform : null)],
    ['账号', ({ account }) => account],
    ['地址', addressOf],
    ['负责单位', ({ unit }, { units }) => units.find(({ id }) => id === unit)?.name ?? unit],
    ['承办单位', ({ executor }, { units }) => units.find(({ id }) => id === executor)?.name ?? executor],
    ['责任人', ({ responsible }) => responsible],
    ['状态', ({ state }) => channelStateNames[state]],
    ['启用日', ({ reviewFrom }) => reviewFrom],
    ['备案号', ({ filing }) => filing?.number],
    ['备案日期', ({ filing }) => filing?.filedOn],
    ['最近年审', ({ reviewedOn }) => reviewedOn],
    ['下次年审', (one) => (one.state === 'deregistered' ? undefined : (reviewDueOn(one) ?? undefined))],
    ['注销日期', ({ shutDown }) => shutDown?.on],
    ['注销原因', ({ shutDown }) => shutDown?.reason],
  ];

function addressOf(channel: Channel): string | undefined {
  switch (channel.kind) {
    case 'site':
      return channel.startUrls[0];
    case 'weibo':
      return `https://weibo.com/u/${channel.uid}`;
    case 'feed':
      return channel.feed.from === 'own' ? channel.feed.url : undefined;
    default:
      return undefined;
  }
}

/** 资产台账: the whole register as CSV, one line a channel, closed ones too. */
export function buildAssetRegister(settings: Settings): string {
  const rows = [
    columns.map(([name]) => name),
    ...settings.channels.map((channel) => columns.map(([, read]) => read(channel, settings))),
  ];
  return writeCsv(rows);
}
