import type { Channel, Unit } from '../domain/channel.ts';
import { InvalidInput } from '../domain/errors.ts';
import { leadChannel } from '../domain/lead.ts';

/** @throws InvalidInput naming the field and the channel that is not in the register */
export function assertChannels(
  channels: readonly Channel[],
  asked: readonly string[] = [],
  field = 'channels',
): void {
  const known = new Set([leadChannel.id, ...channels.map(({ id }) => id)]);
  const unknown = asked.find((id) => !known.has(id));
  if (unknown !== undefined) throw new InvalidInput(field, `没有登记的渠道：${unknown}。`);
}

/** @throws InvalidInput naming the field and the unit that is not in the register */
export function assertUnits(units: readonly Unit[], asked: readonly string[] = [], field = 'units'): void {
  const known = new Set(units.map(({ id }) => id));
  const unknown = asked.find((id) => !known.has(id));
  if (unknown !== undefined) throw new InvalidInput(field, `没有登记的单位：${unknown}。`);
}
