/** A system user by number, as child processes are started with. */
export interface OsUser {
  uid: number;
  gid: number;
}
