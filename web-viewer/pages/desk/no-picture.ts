/** The drawing that stands for a product without a picture. */
export const NO_PICTURE_URL = '/api/pictures/none';
