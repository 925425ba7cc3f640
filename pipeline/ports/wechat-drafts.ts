import type { WechatChannel } from '../domain/channel.ts';
import type { DraftDocument } from '../domain/draft-document.ts';

/** One article of the draft box; `index` from 0 within its message. */
export interface WechatDraftLine {
  mediaId: string;
  index: number;
  title: string;
  changedAt: string | null;
}

/** As its editor wrote it, layout and all; who wrote it is left at the platform (R2). */
export interface WechatDraftText {
  title: string;
  html: string;
}

export interface OutgoingWechatDraft {
  title: string;
  document: DraftDocument;
  /** All that the document shows. */
  images: readonly { hash: string; name: string; mime: string; bytes: Uint8Array }[];
}

/** The draft box of the school's own official account. Nothing here publishes: that is done there, by a person (R12, R22). */
export interface WechatDrafts {
  /**
   * Newest first, 20 messages a page.
   * @throws InvalidInput, in Chinese, for what the platform refuses; RetryLater, NotPermitted
   */
  list(
    channel: WechatChannel,
    offset: number,
  ): Promise<{ items: WechatDraftLine[]; total: number; nextOffset: number | null }>;
  /** Null where it is no longer there. @throws as `list` */
  find(channel: WechatChannel, mediaId: string, index: number): Promise<WechatDraftText | null>;
  /**
   * Uploads the pictures and adds a draft; the first picture is its cover. Asked twice, it adds two.
   * @returns notes in Chinese: what the platform takes no part of
   * @throws as `list`; what the platform would refuse is named before anything is uploaded
   */
  add(channel: WechatChannel, draft: OutgoingWechatDraft): Promise<{ mediaId: string; notes: string[] }>;
}

/** Pictures that a brought-in text names by address, at the hosts of layout tools and the school's own. */
export interface PictureSource {
  /** Null for what may not be fetched, is not there, or is no picture within 20 MB. */
  fetch(url: string): Promise<Uint8Array | null>;
}
