import type { DraftDetail } from '../../../review-api/contract/draft.ts';
import type { Client } from '../api/client.ts';
import type { DraftApi, OpenDraft } from './draft-api.ts';
import { newId } from './new-id.ts';
import { ownAddress } from './own-address.ts';

/** What the editor needs of a draft that was read. */
export function toOpenDraft(draft: DraftDetail): OpenDraft {
  const { id, revision, contentVersion, content, savedAt, savedBy, closed, asked, allowed } = draft;
  return {
    ...{ id, revision, contentVersion, content, savedAt, savedBy, closed },
    asked: asked?.keys ?? [],
    allowed: allowed.map(({ key }) => key),
  };
}

/** What shows a file that was brought in before the draft is saved with it; a session is asked for all the same. */
const proofs = new Map<string, string>();

/** The editor's questions in the words of the contract. */
export function createDraftApi(client: Client): DraftApi {
  const at = (id: string) => ({ params: { id } });
  return {
    open: async (id) => toOpenDraft(await client.call('readDraft', at(id))),
    save: (id, body) => client.call('saveDraft', { ...at(id), body }),
    // Asked by the page; it is saving that tells that somebody is writing.
    check: (id, content, signal) =>
      client.call('checkDraft', { ...at(id), body: { content } }, { byItself: true, signal }),
    answer: async (id, sent) => {
      await client.call('answerFinding', { ...at(id), body: { commandId: newId(), ...sent } });
    },
    takeBackAnswer: async (id, key) => {
      await client.call('takeBackFindingAnswer', { ...at(id), body: { key } });
    },
    askAllowance: (id, { revision, keys, reason }) => {
      const body = { commandId: newId(), revision, move: 'ask-allowance' as const, keys, text: reason };
      return client.call('moveDraft', { ...at(id), body });
    },
    importText: async (id, { from, name, file }) => {
      const query = { from, name: name.slice(-200) };
      const imported = await client.call('importIntoDraft', { ...at(id), query, file });
      for (const [hash, proof] of Object.entries(imported.proofs)) proofs.set(hash, proof);
      return imported;
    },
    upload: async (id, { use, file }) => {
      const query = { use, name: file.name.slice(-200) };
      const uploaded = await client.call('uploadDraftFile', { ...at(id), query, file });
      proofs.set(uploaded.hash, uploaded.proof);
      return uploaded;
    },
    fileUrl: (id, hash) => {
      const proof = proofs.get(hash);
      const query = proof === undefined ? '' : `?proof=${encodeURIComponent(proof)}`;
      return ownAddress(`/api/drafts/${encodeURIComponent(id)}/files/${hash}${query}`);
    },
    render: async (id, content) => (await client.call('renderDraft', { ...at(id), body: { content } })).html,
    listComments: async (id) => (await client.call('listDraftComments', { ...at(id), query: {} })).items,
    comment: async (id, made) => {
      await client.call('commentDraft', { ...at(id), body: { commandId: newId(), ...made } });
    },
    reply: async (id, commentId, text) => {
      const body = { commandId: newId(), text };
      await client.call('replyToDraftComment', { params: { id, commentId }, body });
    },
    resolve: async (id, commentId) => {
      const body = { commandId: newId() };
      await client.call('resolveDraftComment', { params: { id, commentId }, body });
    },
    reopen: async (id, commentId) => {
      const body = { commandId: newId() };
      await client.call('reopenDraftComment', { params: { id, commentId }, body });
    },
    listVersions: async (id) => (await client.call('listDraftVersions', at(id))).items,
    diff: (id, query) => client.call('compareDraftVersions', { ...at(id), query }),
    listChannels: async () => (await client.call('readDraftOptions', {})).channels,
  };
}
