import {
  ArticlesAnswer,
  ArticlesRequest,
  AssetRegister,
  ChannelDetail,
  ChannelList,
  ChannelStateRequest,
  ManualChannelRequest,
  PageTest,
  PageTestRequest,
  RegisterRequest,
} from './channel.ts';
import { plain, type RouteSpec, withId } from './route-spec.ts';

/** The register of channels, and what is known of their completeness. */
export const channelRoutes = {
  listChannels: {
    ...plain,
    method: 'get',
    path: '/api/channels',
    summary: 'The register of channels, what is known of their completeness, and what needs a look',
    action: 'channel.list',
    answer: ChannelList,
  },
  readChannel: {
    ...withId,
    method: 'get',
    path: '/api/channels/:id',
    summary: 'One channel with its runs and gaps',
    action: 'channel.list',
    answer: ChannelDetail,
  },
  exportChannels: {
    ...plain,
    method: 'get',
    path: '/api/channel-assets',
    summary: 'The whole register as CSV',
    action: 'channel.list',
    answer: AssetRegister,
  },
  addChannel: {
    ...plain,
    method: 'post',
    path: '/api/channels',
    summary: 'Register a channel that is not crawled',
    action: 'channel.manage',
    body: ManualChannelRequest,
    answer: ChannelDetail,
  },
  addArticles: {
    ...withId,
    method: 'post',
    path: '/api/channels/:id/articles',
    summary:
      'Add articles or albums of the school’s own WeChat account by their addresses; read in the next run',
    action: 'channel.add-article',
    body: ArticlesRequest,
    answer: ArticlesAnswer,
  },
  testPage: {
    ...withId,
    method: 'post',
    path: '/api/channels/:id/test',
    summary:
      'Fetch one page of a channel as a crawl would, and tell what would be taken from it; nothing is stored',
    action: 'channel.manage',
    body: PageTestRequest,
    answer: PageTest,
    cost: 30,
  },
  saveRegister: {
    ...withId,
    method: 'post',
    path: '/api/channels/:id/register',
    summary: 'Write what the register says of a channel',
    action: 'channel.manage',
    body: RegisterRequest,
    answer: ChannelDetail,
  },
  moveChannel: {
    ...withId,
    method: 'post',
    path: '/api/channels/:id/state',
    summary: 'Bring a channel into its next state; nothing follows the end of one',
    action: 'channel.manage',
    body: ChannelStateRequest,
    answer: ChannelDetail,
  },
} as const satisfies Record<string, RouteSpec>;
