import {
  FileParams,
  FileProofQuery,
  ImportedText,
  ImportQuery,
  mostFileBytes,
  UploadedFile,
  UploadQuery,
} from './draft-files.ts';
import { DraftLinkParams, LinkedDraft, NewDraftLink } from './draft-link.ts';
import { HtmlQuery, RenderedDraft, RenderRequest } from './draft-version.ts';
import { OpenLinkRequest } from './handover.ts';
import { plain, type RouteSpec, withId } from './route-spec.ts';

const upload = { maxBytes: mostFileBytes, anyType: true };

/** What goes into a draft, and what comes out of it: files, texts from elsewhere, pages, forms, links. */
export const draftFilesRoutes = {
  uploadDraftFile: {
    ...withId,
    method: 'post',
    path: '/api/drafts/:id/files',
    summary: 'Bring a picture, an attachment or a signed scan; looked into before it is stored',
    action: 'draft.read',
    query: UploadQuery,
    upload,
    answer: UploadedFile,
    cost: 10,
  },
  readDraftFile: {
    ...withId,
    method: 'get',
    path: '/api/drafts/:id/files/:hash',
    summary: 'A file that the draft refers to',
    action: 'draft.read',
    params: FileParams,
    query: FileProofQuery,
    download: true,
  },
  importIntoDraft: {
    ...withId,
    method: 'post',
    path: '/api/drafts/:id/import',
    summary: 'Turn a Word file, or pasted HTML, into a draft’s text; the page saves it',
    action: 'draft.write',
    query: ImportQuery,
    upload,
    answer: ImportedText,
    cost: 20,
  },
  renderDraft: {
    ...withId,
    method: 'post',
    path: '/api/drafts/:id/render',
    summary: 'The page that a text as it is typed becomes',
    action: 'draft.read',
    body: RenderRequest,
    answer: RenderedDraft,
    cost: 2,
  },
  readDraftHtml: {
    ...withId,
    method: 'get',
    path: '/api/drafts/:id/html',
    summary: 'A version as HTML: a page to look at, or a fragment for a CMS',
    action: 'draft.read',
    query: HtmlQuery,
    download: true,
  },
  linkDraft: {
    ...withId,
    method: 'post',
    path: '/api/drafts/:id/links',
    summary: 'A one-time link that shows this version on one device for 72 hours, without login',
    action: 'draft.read',
    answer: NewDraftLink,
  },
  endDraftLink: {
    ...withId,
    method: 'post',
    path: '/api/drafts/:id/links/:linkId/end',
    summary: 'End a one-time link',
    action: 'draft.read',
    params: DraftLinkParams,
  },
  openDraftLink: {
    ...plain,
    method: 'post',
    path: '/api/draft-links/open',
    summary: 'Read a draft by its one-time link: the first device keeps it; logged',
    action: 'public',
    body: OpenLinkRequest,
    answer: LinkedDraft,
  },
  readLinkedFile: {
    ...withId,
    method: 'get',
    path: '/api/draft-links/:id/files/:hash',
    summary: 'A file of a draft that was opened by a link on this device',
    action: 'public',
    params: FileParams,
    download: true,
  },
} as const satisfies Record<string, RouteSpec>;
