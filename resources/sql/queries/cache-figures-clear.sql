DELETE FROM cache_figures;
