import { accountsContract } from '../accounts/contract.ts';
import { catalogueContract } from '../catalogue/contract.ts';
import { matrixContract } from '../catalogue/matrix/contract.ts';
import { engagementsContract } from '../engagements/contract.ts';
import { notificationsContract } from '../notifications/contract.ts';
import { serviceContract } from '../service/contract.ts';

/** The whole API, by context. The router, the client, the deployment and the tests read this value. */
export const contract = {
  accounts: accountsContract,
  catalogue: catalogueContract,
  partners: matrixContract,
  engagements: engagementsContract,
  notifications: notificationsContract,
  service: serviceContract,
};
