import type { Brief } from '../domain/brief.ts';
import { type BriefPrinting, buildBriefDocument, type PrintableBrief } from '../domain/brief-document.ts';
import { RetryLater } from '../domain/errors.ts';
import type { DocumentPrinter, PrintedFormat } from '../ports/document-printer.ts';
import type { Stores } from '../ports/index.ts';

export interface PrintBriefPorts {
  stores: Pick<Stores, 'settings' | 'users'>;
  printer?: DocumentPrinter | undefined;
}

async function readNames(
  ids: readonly string[],
  users: Stores['users'],
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all([...new Set(ids)].map((id) => users.find(id)));
  return new Map(found.flatMap((user) => (user === null ? [] : [[user.id, user.name]])));
}

function handsOf({ wordsBy, submittedBy, approvedBy }: PrintableBrief): string[] {
  return [wordsBy, submittedBy, approvedBy].flatMap((hand) =>
    hand === null ? [] : [hand.actorId, ...(hand.onBehalfOf === null ? [] : [hand.onBehalfOf])],
  );
}

/**
 * @param address the application's, before `#`; null where none is known: then a number leads to its row in the annex of the page
 */
function linkOf(id: string | null, address: string | null): BriefPrinting['link'] {
  return (numberId) => {
    const number = encodeURIComponent(numberId);
    if (id === null || address === null) return `#n-${numberId}`;
    return `${address}/#/briefs/${encodeURIComponent(id)}?number=${number}`;
  };
}

/** @throws RetryLater where nothing can be printed here */
export async function printBrief(
  brief: PrintableBrief,
  { as, address }: { as: PrintedFormat; address: string | null },
  { stores, printer }: PrintBriefPorts,
): Promise<Uint8Array> {
  if (printer === undefined) throw new RetryLater(60_000, '这台服务器现在不能生成文件，请稍后再试。');
  const { channels, units } = await stores.settings.read();
  const people = await readNames(handsOf(brief), stores.users);
  const nameIn = (list: readonly { id: string; name: string }[]) => (id: string) =>
    list.find((one) => one.id === id)?.name ?? id;
  const document = buildBriefDocument(brief, {
    channel: nameIn(channels),
    unit: nameIn(units),
    person: (id) => people.get(id) ?? '已注销的账号',
    link: linkOf(brief.id, address),
  });
  return printer[as]([document]);
}

/** 网络舆情周报〔2026〕第12期, without what a file may not be called. */
export function briefFileName({ facts, number }: Pick<Brief, 'facts' | 'number'>): string {
  const { head, period } = facts;
  const called = `${head.title}${number ?? `（未经审定）${period.toDay}`}`;
  return called.replace(/[\\/:*?"<>|\p{Cc}]/gu, '').slice(0, 80);
}
