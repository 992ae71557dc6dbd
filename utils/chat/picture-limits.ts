/** What vendors take of pictures, for the interface, which speaks to models through here. */
export { pictureLimits } from '../models/picture-limits';
