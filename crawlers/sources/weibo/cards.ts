import { type Fields, fieldsOf, listOf, textOf, wordOf } from './fields.ts';

export interface StatusCard {
  mblog: unknown;
  pinned: boolean;
  /** Shown here because the account liked it: another's. */
  liked: boolean;
}

const deepest = 6;

/**
 * The statuses among the cards of a list, in order. Cards of other kinds are menus, advertisements and headings; a group may hold
 * further cards.
 */
export function findStatusCards(cards: readonly unknown[], depth = 0): StatusCard[] {
  if (depth > deepest) return [];
  return cards.flatMap((entry) => {
    const card = fieldsOf(entry);
    if (card === null) return [];
    const group = findStatusCards(listOf(card.card_group) ?? [], depth + 1);
    return isStatusCard(card) ? [describe(card), ...group] : group;
  });
}

function isStatusCard(card: Fields): boolean {
  return wordOf(card.card_type) === '9' && card.mblog !== undefined;
}

function describe(card: Fields): StatusCard {
  const mblog = fieldsOf(card.mblog);
  const heading = textOf(fieldsOf(mblog?.title)?.text) ?? '';
  return {
    mblog: card.mblog,
    pinned: /^proweibotop/.test(textOf(card.profile_type_id) ?? '') || heading === '置顶',
    liked: /赞过/.test(heading),
  };
}
