/**
 * Stands in for `@aws-sdk/endpoint-cache` in the bundles: the DynamoDB client makes one when it is made,
 * and uses it only where endpoint discovery is turned on, which it is not.
 */
export class EndpointCache {
  has(): boolean {
    return false;
  }
}
