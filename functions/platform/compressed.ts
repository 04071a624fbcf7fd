import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

type Answer = APIGatewayProxyStructuredResultV2;

const pack = promisify(gzip);

/** Smaller texts fit one packet as they are. */
const leastCharacters = 1_000;

/** The answer in gzip where the caller can read that. CloudFront compresses only what it may keep. */
export async function compressed(answer: Answer, accepted: string | undefined): Promise<Answer> {
  const { body = '', headers, isBase64Encoded } = answer;
  if (isBase64Encoded === true || body.length < leastCharacters) return answer;
  const vary = { ...headers, vary: 'accept-encoding' };
  if (!/\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(accepted ?? '')) return { ...answer, headers: vary };
  return {
    ...answer,
    headers: { ...vary, 'content-encoding': 'gzip' },
    body: (await pack(body)).toString('base64'),
    isBase64Encoded: true,
  };
}
