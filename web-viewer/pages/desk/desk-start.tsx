import { Navigate } from 'react-router';
import { useDeskLink } from './use-desk.ts';

/** `/desk` itself leads to the first tab. */
export function DeskStart() {
  return <Navigate replace to={useDeskLink()('products')} />;
}
