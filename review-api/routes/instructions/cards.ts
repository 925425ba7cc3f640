import type { Handler } from '../../http/call.ts';
import { presentCardRow } from '../../present/instruction.ts';

const mostShown = 50;

export const listCards: Handler<'listCards'> = async ({ rights, deps }) => {
  const cards = await deps.stores.instructions.listCards(rights.accessClasses, mostShown);
  return { items: await Promise.all(cards.map((card) => presentCardRow(card, deps))) };
};
