/** What servers do to an answer, and what the panel has to say about it, in both languages. */
import { type Behaviour, refusals } from '../servers/model-server.ts';
import type { Notice } from './trouble-steps.ts';

/** In the sentences `{host}` and `{base}` stand for those of the model server. */
export interface TroubleCase {
  name: string;
  behaviour: Behaviour;
  /** The same behaviour for so many requests; 1 when not said. */
  times?: number;
  english: Notice;
  chinese: Notice;
}

const again = { english: 'Try again', chinese: '再试一次' };
const goOn = { english: 'Continue from there', chinese: '从这里继续' };

const says = (
  name: string,
  behaviour: Behaviour,
  english: string,
  chinese: string,
  ...actions: { english: string; chinese: string }[]
): TroubleCase => ({
  name,
  behaviour,
  english: { sentence: english, actions: actions.map((action) => action.english) },
  chinese: { sentence: chinese, actions: actions.map((action) => action.chinese) },
});

const checkKey = { english: 'Check the key', chinese: '检查密钥' };
const editAddress = { english: 'Edit the address', chinese: '修改地址' };
const chooseModel = { english: 'Use another model', chinese: '换一个模型' };
const copyDetails = { english: 'Copy the details', chinese: '复制详情' };
const openSettings = { english: 'Open settings', chinese: '打开设置' };

const notAnApi = {
  english: '{base} is not the address of a model API. Most base addresses end in /v1. Your question is kept.',
  chinese: '{base} 不是模型接口的地址。 多数接口地址以 /v1 结尾。你的问题还在。',
};
const balance = {
  english:
    'Your balance at {host} is used up. Trying again does not help until it is topped up. Your question is kept.',
  chinese: '{host} 的余额已用完。 充值之前重试没有用。问题已保留。',
};
const tooLong = {
  english:
    'The server says this is more than test-model can hold. It refused the request whole. Nothing was cut, and your question is kept. It says: ',
  chinese: '服务器表示这超出了 test-model 的上限。 它整体拒绝了请求，没有删减，问题已保留。对方的说明：',
};
const openAiOverflow =
  "This model's maximum context length is 4096 tokens. However, your messages resulted in 5120 tokens. Please reduce the length of the messages.";
const llamaOverflow =
  'request (5120 tokens) exceeds the available context size (4096 tokens), try increasing it';

/** The server refuses before the first word: the question is all there is to keep. */
export const refused: TroubleCase[] = [
  says(
    'a wrong key (401)',
    refusals.badKey,
    '{host} refused this key (401). It may be revoked or copied short, or belong to another platform. Your question is kept.',
    '{host} 拒绝了这个密钥（401）。 可能已失效、没有复制完整，或属于另一个平台。你的问题还在。',
    checkKey,
    chooseModel,
    again,
  ),
  says(
    'a web page that was not found (404)',
    refusals.html(404),
    notAnApi.english,
    notAnApi.chinese,
    editAddress,
    again,
  ),
  says(
    'a web page in place of an answer (200)',
    refusals.html(),
    notAnApi.english,
    notAnApi.chinese,
    editAddress,
    again,
  ),
  says(
    'a path that the API does not have (404)',
    { status: 404, bodyText: '{"detail":"Not Found"}' },
    notAnApi.english,
    notAnApi.chinese,
    editAddress,
    again,
  ),
  says(
    'a redirect to somewhere else',
    { status: 302, headers: { location: 'https://elsewhere.invalid/v1/chat/completions' } },
    notAnApi.english,
    notAnApi.chinese,
    editAddress,
    again,
  ),
  says(
    'a model that is not there',
    refusals.modelNotFound,
    '{host} has no model “test-model”. Your question is kept. Choose another name in settings.',
    '{host} 没有名为“test-model”的模型。 问题已保留。请在设置中改用其他名称。',
    chooseModel,
    again,
  ),
  says(
    'a used-up quota (429 insufficient_quota)',
    refusals.quotaUsedUp,
    balance.english,
    balance.chinese,
    chooseModel,
    again,
  ),
  says(
    'an empty account (402)',
    { status: 402, bodyText: '{"error":{"message":"Insufficient Balance","type":"unknown_error"}}' },
    balance.english,
    balance.chinese,
    chooseModel,
    again,
  ),
  says(
    'a text too long for the server, as OpenAI puts it',
    refusals.contextLength(5120, 4096),
    tooLong.english + openAiOverflow,
    tooLong.chinese + openAiOverflow,
    chooseModel,
    again,
  ),
  says(
    'a text too long for the server, as llama.cpp puts it',
    refusals.contextLengthLlama(5120, 4096),
    tooLong.english + llamaOverflow,
    tooLong.chinese + llamaOverflow,
    chooseModel,
    again,
  ),
  says(
    'a parameter the server does not take (400)',
    { status: 400, bodyText: '{"error":{"message":"This server takes no streams."}}' },
    '{host} refused the request (400). Your question is kept. It says: This server takes no streams.',
    '{host} 拒绝了请求（400）。 问题已保留。对方的说明：This server takes no streams.',
    openSettings,
    again,
    copyDetails,
  ),
  says(
    'a place that is not served (403)',
    {
      status: 403,
      bodyText:
        '{"error":{"message":"Country, region, or territory not supported","code":"unsupported_country_region_territory"}}',
    },
    '{host} does not serve the place you are asking from. It refused the request before reading it. Your question is kept; another provider may answer it.',
    '{host} 不向你所在的地区提供服务。 它没有读就拒绝了请求。问题已保留，可以换一家提供商。',
    chooseModel,
    again,
  ),
  says(
    'more tokens than a minute takes (429)',
    {
      status: 429,
      bodyText:
        '{"error":{"message":"Request too large for m on tokens per min (TPM): Limit 30000, Requested 213462.","code":"rate_limit_exceeded"}}',
    },
    'Your plan at {host} takes 30,000 tokens a minute. This question needs about 213,462 at once, so waiting does not help. Nothing was cut, and your question is kept.',
    '你在 {host} 的额度是每分钟 30,000 tokens。 这个问题一次约需 213,462，等待没有用。没有删减，问题已保留。',
    chooseModel,
    again,
  ),
  says(
    'the limit of a day (429)',
    { status: 429, bodyText: '{"error":{"message":"Rate limit exceeded: free-models-per-day"}}' },
    'Your daily limit at {host} is reached. It opens again by itself, usually after midnight there. Your question is kept. It says: Rate limit exceeded: free-models-per-day',
    '{host} 的每日额度已用完。 到时会自动恢复，通常在对方的零点之后。问题已保留。对方的说明：Rate limit exceeded: free-models-per-day',
    chooseModel,
    again,
    copyDetails,
  ),
  says(
    'an empty answer',
    { text: '' },
    'test-model sent an empty answer. Your question is kept. Asking again often helps.',
    'test-model 返回了空的回答。 问题已保留，再问一次往往有用。',
    again,
  ),
  says(
    'thinking without an answer',
    { text: '', thinking: 'The book says many things.', finishReason: 'length' },
    'test-model thought, but wrote no answer. Thinking may have used up its output limit. Your question is kept.',
    'test-model 只有思考，没有写出回答。 输出上限可能被思考用完了。问题已保留。',
    again,
  ),
  says(
    'a content filter before the first word',
    { text: '', finishReason: 'content_filter' },
    '{host} withheld the answer with its content filter. Your question is kept.',
    '{host} 的内容过滤拦下了回答。 问题已保留。',
    again,
  ),
  says(
    'a connection that drops before the first word',
    { cutAfterCharacters: 0 },
    'The connection dropped before the first word. Your question is kept.',
    '连接在第一个字之前中断。 问题已保留。',
    again,
  ),
  says(
    'an engine that breaks down before the first word',
    { errorAfterCharacters: 0 },
    '{host} broke off with an error. Your question is kept. It says: The engine broke down mid-stream.',
    '{host} 出错中断。 问题已保留。对方的说明：The engine broke down mid-stream.',
    again,
    copyDetails,
  ),
];

/** What the answer says before something stops it, and how it goes on. */
export const wholeAnswer = 'The keepers write down the height of the water, and the seals they saw.';
export const firstPart = 'The keepers write down';
const arrived = firstPart.length;

/** The answer stops after it began: what arrived stays, and the answer goes on from there. */
export const stopped: TroubleCase[] = [
  says(
    'a connection that is cut',
    { text: wholeAnswer, cutAfterCharacters: arrived },
    'The connection dropped after 4 words. What arrived is kept above.',
    '连接在 4 字后中断。 已收到的内容保留在上方。',
    goOn,
  ),
  says(
    'a stream that ends without saying so',
    { text: wholeAnswer, endAfterCharacters: arrived },
    'The connection dropped after 4 words. What arrived is kept above.',
    '连接在 4 字后中断。 已收到的内容保留在上方。',
    goOn,
  ),
  says(
    'an engine that breaks down',
    { text: wholeAnswer, errorAfterCharacters: arrived },
    '{host} broke off with an error. What arrived is kept. It says: The engine broke down mid-stream.',
    '{host} 出错中断。 已收到的内容已保留。对方的说明：The engine broke down mid-stream.',
    goOn,
    copyDetails,
  ),
  says(
    'the output limit of the model',
    { text: firstPart, finishReason: 'length' },
    'Stopped at the output limit of test-model.',
    '已到 test-model 的输出上限。',
    goOn,
  ),
  says(
    'a reason that nobody knows',
    { text: firstPart, finishReason: 'insufficient_system_resource' },
    '{host} stopped for a reason I do not know (insufficient_system_resource). The answer may not be complete. What arrived is kept above.',
    '{host} 因未知的原因停止（insufficient_system_resource）。 回答可能不完整。已收到的内容保留在上方。',
    goOn,
    copyDetails,
  ),
];

/** A filter cannot be talked round by going on: the question is asked again. */
export const filtered = says(
  'a content filter',
  { text: firstPart, finishReason: 'content_filter' },
  '{host} withheld the answer with its content filter. What arrived is kept.',
  '{host} 的内容过滤拦下了回答。 已收到的内容已保留。',
  again,
);
