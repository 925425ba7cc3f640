import { isOpen, type LiveMatch } from '../../pipeline/domain/live-match.ts';
import type { LiveView } from '../contract/draft-live.ts';
import type { RouteDeps } from '../http/call.ts';

const allUnits = { units: 'all', personIds: [] } as const;

export async function presentLive(match: LiveMatch, deps: RouteDeps): Promise<LiveView> {
  const { directory, stores } = deps;
  const { id, revision, url, publishedAt, sealedVersion, result, notes, foundBy, comparison } = match;
  const { checkedAt, changedAt, explanation, draftId } = match;
  const draft = draftId === null ? null : await stores.drafts.find(draftId, allUnits);
  return {
    ...{ id, revision, url, publishedAt, sealedVersion, result, notes, foundBy, comparison },
    ...{ checkedAt, changedAt, isOpen: isOpen(match) },
    channel: directory.channel(await directory.settings(), match.channelId),
    draft: draft === null ? null : { id: draft.id, number: draft.number, title: draft.title },
    explanation:
      explanation === null
        ? null
        : {
            ...{ reason: explanation.reason, text: explanation.text, at: explanation.at },
            byName: await directory.colleagueName(explanation.by),
          },
  };
}
