import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, Fn, SecretValue, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { HttpRoute, HttpRouteKey, type HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CacheCookieBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestCookieBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  OriginSslPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
  type BehaviorOptions,
  type IOrigin,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { PageFunction } from '../constructs/page-function.ts';
import { SecurityHeaders } from '../constructs/security-headers.ts';
import { SiteFiles } from '../constructs/site-files.ts';
import type { Ground } from '../ground.ts';
import { webBuild } from '../source-files.ts';
import { buildFolder } from '../../../web/build-folder.ts';
import type { Watched } from '../watched.ts';
import { acknowledgeOwnAuthorization } from './api-stack.ts';
import { edgeRegion } from './edge-stack.ts';

export interface WebStackProps extends StackProps {
  readonly ground: Ground;
  readonly api: HttpApi;
  readonly accessLogs: IBucket;
  readonly webAclArn: string;
}

/**
 * What the functions are told of a request besides cookies and query. CloudFront adds the visitor's
 * address only to headers that are named, and takes ten names; `Host` must stay behind, or the
 * gateway would not know itself.
 */
const passedHeaders = [
  'CloudFront-Viewer-Address',
  'Origin',
  'Accept',
  'Accept-Language',
  'Content-Type',
  'If-Match',
  'Idempotency-Key',
  'X-SvelteKit-Action',
  'X-Correlation-Id',
] as const;

/** Shows the functions that a call came through here. CloudFront refuses names that begin with `X-Edge-`. */
export const edgeHeader = 'x-origin-secret';

/** Answers that CloudFront would otherwise keep for ten seconds and give to the next visitor. */
const uncachedFailures = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504] as const;

/** The one address: files from buckets, everything else from the gateway, behind a firewall. */
export class WebStack extends Stack {
  readonly watched: readonly Watched[];

  constructor(scope: Construct, id: string, props: WebStackProps) {
    super(scope, id, props);
    const { ground, api } = props;
    const pages = new PageFunction(this, 'Pages', { ground, apiOrigin: api.apiEndpoint });
    const everythingElse = new HttpRoute(this, 'EverythingElse', {
      httpApi: api,
      routeKey: HttpRouteKey.DEFAULT,
      // Its permission is for any path; the one for every route of a gateway asks for two words where this has `$default`.
      integration: new HttpLambdaIntegration('pages-integration', pages.fn),
    });
    acknowledgeOwnAuthorization(everythingElse);

    const distribution = this.#distribution(props);
    // A new secret is taken by the functions before CloudFront sends it; the API's are in an earlier stack.
    distribution.node.addDependency(pages);
    const files = new SiteFiles(this, 'SiteFiles', { root: ground.root, bucketName: ground.siteBucket });
    // A new page names files of its own release.
    pages.fn.node.addDependency(files.immutable);
    this.watched = [...pages.watched, ...this.#watchedEdge(distribution)];
    this.exportValue(distribution.distributionDomainName, {
      name: `priority-partners-${ground.settings.stage}-address`,
    });
  }

  #distribution({ ground, api, accessLogs, webAclArn }: WebStackProps): Distribution {
    const headers = new SecurityHeaders(this, 'Headers');
    const gateway = this.#gateway(ground, api);
    const filesOf = (id: string, bucket: string): BehaviorOptions => ({
      origin: this.#bucketOrigin(id, bucket),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: headers.files,
      compress: true,
    });
    const fromSite = filesOf('Site', ground.siteBucket);
    const own = readdirSync(join(buildFolder(ground.root), webBuild.client), { withFileTypes: true });
    const distribution = new Distribution(this, 'Distribution', {
      comment: `Priority Partners, ${ground.settings.stage}`,
      domainNames: [ground.settings.domain],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', ground.settings.certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      webAclId: webAclArn,
      enableLogging: true,
      logBucket: accessLogs,
      logFilePrefix: 'cloudfront/',
      logIncludesCookies: false,
      defaultBehavior: { ...gateway, responseHeadersPolicy: headers.pages },
      additionalBehaviors: {
        '/api/*': gateway,
        '/matrix/*': filesOf('Files', ground.filesBucket),
        ...Object.fromEntries(own.map((entry) => [`/${entry.name}${entry.isDirectory() ? '/*' : ''}`, fromSite])),
      },
      errorResponses: uncachedFailures.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
    });
    Validations.of(distribution).acknowledge({
      id: 'AwsSolutions-CFR1',
      reason: 'The list is public: a partner or a superintendent may read it from anywhere.',
    });
    for (const origin of distribution.node.children) {
      Validations.of(origin).acknowledge({
        id: 'Annotation::@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac',
        reason: 'The data stack has given both buckets the policy that this warning asks for.',
      });
    }
    return distribution;
  }

  #gateway(ground: Ground, api: HttpApi): BehaviorOptions {
    const origin: IOrigin = new HttpOrigin(Fn.select(2, Fn.split('/', api.apiEndpoint)), {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      readTimeout: Duration.seconds(30),
      customHeaders: { [edgeHeader]: SecretValue.secretsManager(ground.secrets.edge.current).unsafeUnwrap() },
    });
    return {
      origin,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: this.#nothingKept(),
      originRequestPolicy: new OriginRequestPolicy(this, 'Passed', {
        comment: 'What the functions are told of a request',
        headerBehavior: OriginRequestHeaderBehavior.allowList(...passedHeaders),
        cookieBehavior: OriginRequestCookieBehavior.all(),
        queryStringBehavior: OriginRequestQueryStringBehavior.all(),
      }),
    };
  }

  /**
   * Keeps nothing, since every answer of a function says `no-store`, but tells the functions what the
   * browser can decompress. CloudFront does that only where it might keep answers: hence one second at
   * most, and a key that no two visitors with different cookies share.
   */
  #nothingKept(): CachePolicy {
    return new CachePolicy(this, 'NothingKept', {
      comment: 'Compressed answers of functions, of which none is kept',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.seconds(1),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
      cookieBehavior: CacheCookieBehavior.all(),
      queryStringBehavior: CacheQueryStringBehavior.all(),
    });
  }

  /** By name only: the bucket's stack already lets our distributions read, and cannot name this one. */
  #bucketOrigin(id: string, bucketName: string): IOrigin {
    const named = Bucket.fromBucketAttributes(this, `${id}Bucket`, { bucketName, region: this.region });
    return S3BucketOrigin.withOriginAccessControl(named);
  }

  #watchedEdge(distribution: Distribution): readonly Watched[] {
    if (this.region !== edgeRegion) return []; // CloudFront's figures stay in that region
    return [
      {
        id: 'edge-faults',
        metric: distribution.metric5xxErrorRate({ period: Duration.minutes(5), statistic: 'Average' }),
        threshold: 5,
        loses: 'At least one page or file in twenty does not arrive.',
      },
    ];
  }
}
