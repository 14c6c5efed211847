export type { Asset, AssetCheck, AssetKind } from './assets.ts';
export {
  appendCheck,
  correctAsset,
  findAsset,
  insertAsset,
  listAssets,
  readAssetKinds,
  readChecks,
  retireAsset,
  saveAssetKind,
} from './assets.ts';
export type { KindState } from './states.ts';
export { readKindStates } from './states.ts';
