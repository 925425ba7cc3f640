import {
  answerBurst as answer,
  listBursts as list,
  listBurstItems as listItems,
  readBurst as read,
  readBurstFigures as readFigures,
} from '../../../pipeline/commands/read-bursts.ts';
import { type Burst, BurstState } from '../../../pipeline/domain/burst.ts';
import { rightsOf } from '../../../pipeline/domain/role.ts';
import type { BurstView } from '../../contract/bursts.ts';
import type { burstsRoutes } from '../../contract/bursts-routes.ts';
import { type Call, getReader, getSignedIn, type Handler } from '../../http/call.ts';
import { openTrendNames } from '../../present/trend.ts';
import { previewCalendar, readCalendar, saveCalendar } from './calendar.ts';

type Asking = Pick<Call, 'signedIn' | 'deps'>;

async function openPresenter({ signedIn, deps }: Asking): Promise<(burst: Burst) => BurstView> {
  const names = await openTrendNames(deps.directory);
  const mayAnswer = rightsOf(getSignedIn({ signedIn }).appointments, 'burst.answer').permitted;
  return (burst) => ({ ...burst, channelName: names.channel(burst.channelId).name, mayAnswer });
}

const listBursts: Handler<'listBursts'> = async (call) => {
  const { state, cursor = null, limit } = call.query;
  const states = state === undefined ? BurstState.options : [state];
  const { items, nextCursor } = await list({ states, cursor, limit }, call.rights, call.deps);
  return { items: items.map(await openPresenter(call)), nextCursor };
};

const readBurst: Handler<'readBurst'> = async (call) => {
  const { burst, hours } = await read(call.params.id, call.rights, call.deps);
  const present = await openPresenter(call);
  return { burst: present(burst), hours: hours.map((hour) => ({ ...hour, calendar: [...hour.calendar] })) };
};

const listBurstItems: Handler<'listBurstItems'> = async (call) => {
  const { cursor = null, limit } = call.query;
  const page = await listItems(call.params.id, { cursor, limit }, { reader: call.rights, ports: call.deps });
  return {
    items: page.items.map(({ tone: _, accessClass: __, ...item }) => item),
    nextCursor: page.nextCursor,
  };
};

const answerBurst: Handler<'answerBurst'> = async (call) => {
  const command = { id: call.params.id, answer: call.body.answer, actor: getReader(call).actor };
  const burst = await answer(command, call.rights, call.deps);
  return (await openPresenter(call))(burst);
};

export const burstsHandlers: { [N in keyof typeof burstsRoutes]: Handler<N> } = {
  listBursts,
  readBurst,
  listBurstItems,
  answerBurst,
  readBurstFigures: (call) => readFigures(call.query, call.rights, call.deps),
  readCalendar,
  saveCalendar,
  previewCalendar,
};
