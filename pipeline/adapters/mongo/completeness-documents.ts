import type { ClientSession, Collection, Db } from 'mongodb';
import { ChannelWindow, Gap } from '../../domain/completeness.ts';
import { NotFound } from '../../domain/errors.ts';
import type { CompletenessLedger } from '../../ports/completeness-ledger.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { type CollectionSpec, field } from './schema.ts';

type WindowDocument = ChannelWindow & { _id: string };
type GapDocument = Omit<Gap, 'id'> & { _id: string };

interface CompletenessCollections {
  windows: Collection<WindowDocument>;
  gaps: Collection<GapDocument>;
}

function completenessCollections(db: Db): CompletenessCollections {
  return { windows: db.collection('channel_windows'), gaps: db.collection('gaps') };
}

const counts = ['runs', 'fetched', 'parsed', 'created', 'failed', 'refused', 'objected'] as const;

export const completenessSpecs: readonly CollectionSpec[] = [
  {
    name: 'channel_windows',
    fields: {
      channelId: field.text,
      from: field.text,
      to: field.text,
      state: field.text,
      expected: field.objectOrNull,
      ...Object.fromEntries(counts.map((name) => [name, field.number])),
      credential: field.text,
      outcome: field.textOrNull,
      gapId: field.textOrNull,
      closedAt: field.textOrNull,
    },
    indexes: [
      {
        key: { channelId: 1, from: -1 },
        since: '2026-11-23',
        reason: 'the windows of a channel, newest first',
      },
      { key: { gapId: 1 }, since: '2026-11-23', reason: 'the windows of a gap, when it is filled' },
    ],
  },
  {
    name: 'gaps',
    fields: {
      channelId: field.text,
      from: field.text,
      to: field.text,
      cause: field.text,
      reason: field.text,
      nextStep: field.text,
      inReachSince: field.textOrNull,
      openedAt: field.text,
      filledAt: field.textOrNull,
      filledByRun: field.textOrNull,
    },
    indexes: [
      {
        key: { channelId: 1, from: -1, _id: -1 },
        since: '2026-11-23',
        reason: 'the gaps of a channel, newest first',
      },
      {
        key: { filledAt: 1, from: -1, _id: -1 },
        since: '2026-11-23',
        reason: 'the open gaps of all channels',
      },
    ],
  },
];

function parseGapDocument({ _id, ...fields }: GapDocument): Gap {
  return Gap.parse({ id: _id, ...fields });
}

/** By one name in every process: a window is closed once. */
const windowId = ({ channelId, from }: ChannelWindow) => `${channelId}@${from}`;

export function openMongoCompleteness({ client, db }: MongoConnection): CompletenessLedger {
  const at = completenessCollections(db);
  return {
    closeWindow: (window, gap) =>
      inMongoTransaction(client, async (session) => {
        const document = { _id: windowId(window), ...ChannelWindow.parse(window) };
        if ((await at.windows.findOne({ _id: document._id }, { session })) !== null) return false;
        await at.windows.insertOne(document, { session });
        if (gap !== null) await upsertGap(at, Gap.parse(gap), session);
        return true;
      }),
    settleGap: (gap) => inMongoTransaction(client, (session) => settleGap(at, Gap.parse(gap), session)),
    listWindows: async (channelId, since, limit) => {
      const found = at.windows
        .find({ channelId, from: { $gte: since } })
        .sort({ from: -1 })
        .limit(limit);
      return (await found.toArray()).map((document) => ChannelWindow.parse(document));
    },
    listGaps: async (channelId, state, limit) => {
      const isState = state === 'open' ? { filledAt: null } : { filledAt: { $ne: null } };
      const found = at.gaps
        .find({ ...isState, ...(channelId === null ? {} : { channelId }) })
        .sort({ from: -1, _id: -1 })
        .limit(limit);
      return (await found.toArray()).map(parseGapDocument);
    },
    listGapsOver: async (channelId, { from, to }, limit) => {
      const over = at.gaps.find({ channelId, from: { $lt: to }, to: { $gt: from } });
      return (await over.sort({ from: -1, _id: -1 }).limit(limit).toArray()).map(parseGapDocument);
    },
    readSpan: async (channelId) => {
      const endOf = async (order: 1 | -1) =>
        (await at.windows.find({ channelId }).sort({ from: order }).limit(1).toArray())[0];
      const [first, last] = [await endOf(1), await endOf(-1)];
      return first === undefined || last === undefined ? null : { from: first.from, to: last.to };
    },
    findOldestGap: async (channelId) => {
      const open = at.gaps.find({ channelId, filledAt: null, inReachSince: { $ne: null } });
      const [oldest] = await open.sort({ from: 1, _id: 1 }).limit(1).toArray();
      return oldest === undefined ? null : parseGapDocument(oldest);
    },
  };
}

const changeOf = ({ reason, nextStep, inReachSince, to }: Gap) => ({
  $set: { reason, nextStep, inReachSince },
  $max: { to },
});

async function upsertGap(at: CompletenessCollections, gap: Gap, session: ClientSession): Promise<void> {
  const { id: _id, ...fields } = gap;
  if ((await at.gaps.findOne({ _id }, { session })) === null)
    await at.gaps.insertOne({ _id, ...fields }, { session });
  else await at.gaps.updateOne({ _id, filledAt: null }, changeOf(gap), { session });
}

async function settleGap(at: CompletenessCollections, gap: Gap, session: ClientSession): Promise<void> {
  const { id: _id, filledAt, filledByRun } = gap;
  const { $set, $max } = changeOf(gap);
  const change = { $set: { ...$set, filledAt, filledByRun }, $max };
  const { matchedCount } = await at.gaps.updateOne({ _id, filledAt: null }, change, { session });
  if (matchedCount === 0) {
    if ((await at.gaps.findOne({ _id }, { session })) === null) throw new NotFound(`There is no gap ${_id}.`);
    return;
  }
  if (filledAt !== null)
    await at.windows.updateMany({ gapId: _id }, { $set: { state: 'filled' } }, { session });
}
