import type { z } from 'zod';
import type { Behind } from '../../pipeline/commands/read-trends-counts.ts';
import type { ChannelCoverage, Cover } from '../../pipeline/domain/coverage.ts';
import type { Settings } from '../../pipeline/domain/settings.ts';
import { noneValue, type TrendDimension } from '../../pipeline/domain/trend.ts';
import type { BehindView, CoverView, standing } from '../contract/trends-cover.ts';
import type { Directory } from './directory.ts';

export interface TrendNames {
  channel(id: string): { id: string; name: string };
  unit(id: string): { id: string; name: string };
  /** Of a channel or a unit; null for a code, and for none. */
  value(dimension: TrendDimension | null, value: string): string | null;
}

export async function openTrendNames(directory: Directory): Promise<TrendNames> {
  const settings: Settings = await directory.settings();
  return {
    channel: (id) => directory.channel(settings, id),
    unit: (id) => directory.unit(settings, id),
    value: (dimension, value) => {
      if (value === noneValue) return null;
      if (dimension === 'channel') return directory.channel(settings, value).name;
      return dimension === 'unit' ? directory.unit(settings, value).name : null;
    },
  };
}

export function presentCover(
  { complete, shortfalls, filled }: Cover,
  { channel }: TrendNames,
): z.input<typeof CoverView> {
  return {
    complete,
    shortfalls: shortfalls.map(({ channelId, ...rest }) => ({ channel: channel(channelId), ...rest })),
    filled: filled.map(({ channelId, ...rest }) => ({ channel: channel(channelId), ...rest })),
  };
}

const mostGaps = 100;

export function presentStanding(
  { coverage, behind }: { coverage: readonly ChannelCoverage[]; behind: Behind },
  { channel }: TrendNames,
): { coverage: z.input<typeof standing.coverage>; behind: z.input<typeof BehindView> } {
  return {
    behind,
    coverage: coverage.map(({ channelId, kind, span, gaps }) => ({
      channel: channel(channelId),
      kind,
      readFrom: span?.from ?? null,
      readTo: span?.to ?? null,
      gaps: gaps.slice(0, mostGaps).map(({ from, to, cause, filledAt }) => {
        return { from, to, cause, state: filledAt === null ? ('open' as const) : ('filled' as const) };
      }),
      moreGaps: gaps.length > mostGaps,
    })),
  };
}
