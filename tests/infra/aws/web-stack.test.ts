import { describe, expect, test } from 'vitest';
import { Match } from 'aws-cdk-lib/assertions';
import { cameThroughEdge } from '#platform/visitor.ts';
import { edgeHeader } from '../../../infra/aws/stacks/web-stack.ts';
import { at, exampleTemplates, named, texts } from './templates.ts';

const made = exampleTemplates();

describe('the one address', () => {
  test('the edge’s secret travels in a header that the functions read', () => {
    made.template('web').hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Origins: Match.arrayWith([
          Match.objectLike({ OriginCustomHeaders: [Match.objectLike({ HeaderName: edgeHeader })] }),
        ]),
      },
    });
    const secret = 's'.repeat(48);
    const call = { headers: { [edgeHeader]: secret } } as unknown as Parameters<typeof cameThroughEdge>[0]; // only headers are read
    expect(cameThroughEdge(call, [secret])).toBe(true);
    expect(edgeHeader).not.toMatch(/^x-(edge|amz)-/i); // CloudFront refuses these
  });

  test('the visitor’s address is passed on, the host is not, and answers of functions are never kept', () => {
    const [policy] = made.every('AWS::CloudFront::OriginRequestPolicy');
    const headers = texts(at(policy?.Properties, 'OriginRequestPolicyConfig', 'HeadersConfig', 'Headers'));
    expect(headers).toContain('CloudFront-Viewer-Address');
    expect(headers).not.toContain('Host');
    expect(headers.length).toBeLessThanOrEqual(10);
    const [distribution] = made.every('AWS::CloudFront::Distribution');
    const config = at(distribution?.Properties, 'DistributionConfig');
    const [kept] = made.every('AWS::CloudFront::CachePolicy');
    expect(named(at(config, 'DefaultCacheBehavior', 'CachePolicyId'))).toBe(kept?.id);
    expect(kept?.Properties['CachePolicyConfig']).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 0,
      MaxTTL: 1, // with 0 CloudFront would not pass on what the browser can decompress
      ParametersInCacheKeyAndForwardedToOrigin: {
        EnableAcceptEncodingGzip: true,
        EnableAcceptEncodingBrotli: true,
        CookiesConfig: { CookieBehavior: 'all' },
        QueryStringsConfig: { QueryStringBehavior: 'all' },
      },
    });
    const failures = at(config, 'CustomErrorResponses');
    expect(Array.isArray(failures) && failures.every((one) => at(one, 'ErrorCachingMinTTL') === 0)).toBe(true);
    const paths = at(config, 'CacheBehaviors');
    expect(Array.isArray(paths) && paths.map((one) => at(one, 'PathPattern')).toSorted()).toEqual([
      '/_app/*',
      '/api/*',
      '/matrix/*',
      '/robots.txt',
    ]);
  });

  test('a new secret is taken by the pages’ function before CloudFront sends it, and by the API before both', () => {
    const next = made.with({ secretGeneration: '2' });
    const inWeb = next.resources.filter((one) => one.stack === 'web');
    const pages = inWeb.find((one) => one.Properties['Description'] === 'The pages');
    const distribution = inWeb.find((one) => one.Type === 'AWS::CloudFront::Distribution');
    expect(distribution?.['DependsOn']).toContain(pages?.id);
    expect(next.deployment.web.dependencies.flatMap((one) => [one, ...one.dependencies])).toContain(
      next.deployment.api,
    );
  });

  test('the files of a release are there before its pages name them', () => {
    const copied = made
      .every('Custom::CDKBucketDeployment', 'web')
      .find((one) => texts(one.Properties['Include']).includes('_app/immutable/*'));
    expect(copied?.id).toBeDefined();
    expect(made.functionOf('The pages')['DependsOn']).toContain(copied?.id);
  });

  test('a firewall limits each address', () => {
    made.template('edge').hasResourceProperties('AWS::WAFv2::WebACL', {
      Scope: 'CLOUDFRONT',
      Rules: Match.arrayWith([
        Match.objectLike({ Statement: { RateBasedStatement: Match.objectLike({ AggregateKeyType: 'IP' }) } }),
      ]),
    });
    expect(
      at(made.every('AWS::CloudFront::Distribution')[0]?.Properties, 'DistributionConfig', 'WebACLId'),
    ).toBeDefined();
  });

  test('stands in another region with the firewall where CloudFront wants it', () => {
    const other = made.with({ region: 'us-east-2' });
    expect(other.deployment.edge.region).toBe('us-east-1');
    expect(other.deployment.web.region).toBe('us-east-2');
  });
});
