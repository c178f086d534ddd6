/** What a page's list of models takes for the name of a folder, which is also a parameter of its address. */
export const FOLDER_NAME = /^\w[\w.-]*$/;
